import { and, eq } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../../shared/contract/registry.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { entityNames } from '../../../../shared/sync/entities.ts';
import type { Company, DeviceCaller, RequestContext, ViewerHandlers } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { together } from '../../db/together.ts';
import { readChecksums } from '../../sync/checksums.ts';
import type { CommitDeps, Submission } from '../../sync/commit.ts';
import { checkDeviceOrder } from '../../sync/device-order.ts';
import { readContacts, renameDevice, requireManager, revokeDevice } from '../../sync/devices.ts';
import { positionFor, requireStanding, WasRestored } from '../../sync/epoch.ts';
import { forkDevice } from '../../sync/fork.ts';
import { createGate } from '../../sync/gate.ts';
import { checkProtocol } from '../../sync/negotiate.ts';
import { createPairingCode, readRoles, redeemPairingCode } from '../../sync/pairing.ts';
import { pullChanges, readPage } from '../../sync/pull.ts';
import { receive, type Sent } from '../../sync/receive.ts';
import { readStates } from '../../sync/rows.ts';
import { erase, recover } from './restore.ts';

const { staff: staffTable } = entityTables;

/** Since this version a desk that is told `device-forked` knows what to do. */
const firstForkingProtocol = 2;

/** The sync operations; `deps` carries the consequences of a commit. */
export function syncHandlers(deps: CommitDeps): ViewerHandlers<'sync'> {
  const gate = createGate();
  return {
    'sync.pair': (context, input) => {
      checkProtocol(input.protocol);
      return redeemPairingCode(context, input);
    },
    'sync.push': (context, input) => gate.pass(device(context).organisationId, () => push(deps, context, input)),
    'sync.pull': async (context, input) => {
      checkProtocol(input.protocol);
      const { organisationId, deviceId } = device(context);
      const read = (company: Company) => readPage(company, input, deviceId);
      const page = await context.company(organisationId, read, { reads: true });
      return page ?? context.company(organisationId, (company) => pullChanges(company, context, input, deviceId));
    },
    'sync.recover': (context, input) => {
      checkProtocol(input.protocol);
      const caller = device(context);
      return gate.pass(caller.organisationId, () => recover(deps, context, caller, input));
    },
    'sync.erase': (context, input) => erase(context, device(context), input),
    'sync.checksums': (context, input) => {
      checkProtocol(input.protocol);
      return readChecksums(context, device(context).organisationId, input);
    },
    'sync.rows': (context, input) =>
      context.company(device(context).organisationId, (company) => readRows(company, input)),
    'sync.createPairingCode': async (context, input) => {
      const { organisationId, staffId } = device(context);
      // A code is a way to work as that colleague: only managers get somebody else's.
      if (input.staffId !== staffId) await requireManager(context, device(context));
      await context.company(organisationId, async ({ tx }) => {
        const [member] = await tx
          .select({ active: staffTable.active })
          .from(staffTable)
          .where(
            and(
              eq(staffTable.organisationId, organisationId),
              eq(staffTable.id, input.staffId),
              eq(staffTable.deleted, false),
            ),
          );
        if (member?.active !== true) throw new OperationError('not-found');
      });
      return createPairingCode(context, { organisationId, staffId: input.staffId });
    },
    'sync.fork': (context, input) => forkDevice(context, device(context), input),
    'sync.deviceContacts': (context) => readContacts(context, device(context)),
    'sync.renameDevice': async (context, input) => {
      await renameDevice(context, device(context), input);
      return {};
    },
    'sync.revokeDevice': async (context, { id }) => {
      await revokeDevice(context, device(context), id, { destroyKey: false });
      return {};
    },
    'sync.destroyDeviceKey': async (context, { id }) => {
      await revokeDevice(context, device(context), id, { destroyKey: true });
      return {};
    },
  };
}

async function push(
  deps: CommitDeps,
  context: RequestContext,
  input: ParsedInput<'sync.push'>,
): Promise<Output<'sync.push'>> {
  checkProtocol(input.protocol);
  const { organisationId, deviceId, staffId: pairedFor } = device(context);
  const submissions: Sent[] = [];
  for (const changeset of input.changesets) {
    const last = submissions.at(-1);
    if (last?.author.staffId === changeset.staffId) {
      submissions[submissions.length - 1] = { ...last, changesets: [...last.changesets, changeset] };
      continue;
    }
    submissions.push({ author: { kind: 'staff', deviceId, staffId: changeset.staffId }, changesets: [changeset] });
  }
  const staffIds = [...new Set([pairedFor, ...input.changesets.map(({ staffId }) => staffId)])];
  const { at } = input;
  try {
    const result = await receive(deps, context, organisationId, submissions, {
      readRole: async (tx) => {
        const roleOf = await readRoles(tx, organisationId, staffIds, pairedFor);
        return (staffId) => lesser(roleOf(staffId), roleOf(pairedFor));
      },
      guard: async (tx, ids, position) => {
        const judged = input.changesets.filter((changeset) => ids.has(changeset.id));
        await together(
          at === undefined ? undefined : requireStanding({ tx, organisationId }, position, at),
          checkDeviceOrder(tx, device(context), judged, { canFork: input.protocol >= firstForkingProtocol }),
        );
      },
    });
    deps.told?.({ organisationId, epoch: result.epoch, head: result.head });
    return result;
  } catch (error) {
    if (!(error instanceof WasRestored) || at === undefined) throw error;
    const { epoch, head } = await context.company(organisationId, (company) =>
      positionFor(company, context, at, deviceId),
    );
    return { epoch, head, verdicts: [], reset: true };
  }
}

async function readRows(
  { tx, organisationId }: Company,
  input: ParsedInput<'sync.rows'>,
): Promise<Output<'sync.rows'>> {
  const rows: Output<'sync.rows'>['rows'] = [];
  for (const entity of entityNames) {
    const ids = input.rows.flatMap((row) => (row.entity === entity ? [row.id] : []));
    if (ids.length === 0) continue;
    const states = await readStates(tx, organisationId, entity, ids);
    for (const id of ids) rows.push({ entity, id, state: states.get(id) ?? null });
  }
  return { rows };
}

/** A desk writes for whoever worked at it, but with no more rights than the person it was paired for. */
function lesser(role: Submission['role'], ceiling: Submission['role']): Submission['role'] {
  if (role === null || ceiling === null) return null;
  return role === 'manager' && ceiling === 'manager' ? 'manager' : 'clerk';
}

function device(context: RequestContext): DeviceCaller {
  if (context.caller.kind !== 'device') throw new OperationError('not-signed-in');
  return context.caller;
}
