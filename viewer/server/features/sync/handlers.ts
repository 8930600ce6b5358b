import { and, asc, eq, gt } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../../shared/contract/registry.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { LoggedChange } from '../../../../shared/sync/changes.ts';
import { entityNames } from '../../../../shared/sync/entities.ts';
import { protocolVersion, pullPage } from '../../../../shared/sync/protocol.ts';
import type { Company, DeviceCaller, RequestContext, ViewerHandlers } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { changeLogTable, organisationHeadTable } from '../../db/schema.ts';
import type { CommitDeps, Submission } from '../../sync/commit.ts';
import { checkDeviceOrder } from '../../sync/device-order.ts';
import { readContacts, renameDevice, requireManager, revokeDevice } from '../../sync/devices.ts';
import { forkDevice } from '../../sync/fork.ts';
import { createPairingCode, redeemPairingCode, roleOf } from '../../sync/pairing.ts';
import { receive } from '../../sync/receive.ts';
import { readStates } from '../../sync/rows.ts';

const { staff: staffTable } = entityTables;

/** Since this version a desk that is told `device-forked` knows what to do. */
const firstForkingProtocol = 2;

/** The sync operations; `deps` carries the consequences of a commit. */
export function syncHandlers(deps: CommitDeps): ViewerHandlers<'sync'> {
  return {
    'sync.pair': (context, input) => {
      checkProtocol(input.protocol);
      return redeemPairingCode(context, input);
    },
    'sync.push': (context, input) => push(deps, context, input),
    'sync.pull': (context, input) => {
      checkProtocol(input.protocol);
      return context.company(device(context).organisationId, (company) => pull(company, input));
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
  // Who may write is settled before the transaction that holds the company's row lock.
  const ceiling = await roleOf(context, organisationId, pairedFor, pairedFor);
  const roles = new Map<string, Submission['role']>();
  for (const { staffId } of input.changesets) {
    if (!roles.has(staffId)) roles.set(staffId, await roleOf(context, organisationId, staffId, pairedFor));
  }
  const submissions: Submission[] = [];
  for (const changeset of input.changesets) {
    const last = submissions.at(-1);
    if (last?.author.kind === 'staff' && last.author.staffId === changeset.staffId) {
      submissions[submissions.length - 1] = { ...last, changesets: [...last.changesets, changeset] };
      continue;
    }
    submissions.push({
      author: { kind: 'staff', deviceId, staffId: changeset.staffId },
      role: lesser(roles.get(changeset.staffId) ?? null, ceiling),
      changesets: [changeset],
    });
  }
  return receive(deps, context, organisationId, submissions, (tx, ids) =>
    checkDeviceOrder(
      tx,
      device(context),
      input.changesets.filter((changeset) => ids.has(changeset.id)),
      { canFork: input.protocol >= firstForkingProtocol },
    ),
  );
}

async function pull({ tx, organisationId }: Company, input: ParsedInput<'sync.pull'>): Promise<Output<'sync.pull'>> {
  const [position] = await tx
    .select()
    .from(organisationHeadTable)
    .where(eq(organisationHeadTable.organisationId, organisationId));
  if (position === undefined) throw new OperationError('not-found');
  const { epoch, head } = position;
  if ((input.epoch !== undefined && input.epoch !== epoch) || input.cursor > head) {
    return { epoch, head, reset: true, changes: [], cursor: input.cursor, more: false };
  }
  const rows = await tx
    .select()
    .from(changeLogTable)
    .where(and(eq(changeLogTable.organisationId, organisationId), gt(changeLogTable.seq, input.cursor)))
    .orderBy(asc(changeLogTable.seq))
    .limit(pullPage);
  // A changeset is at most half a page, so a full page always holds the end of one.
  const end = rows.findLastIndex((row) => row.last);
  const whole = rows.slice(0, end + 1);
  const changes = whole.map(
    ({ seq, changesetId, importId, author, change }): LoggedChange => ({ seq, changesetId, importId, author, change }),
  );
  return {
    epoch,
    head,
    reset: false,
    changes,
    cursor: changes.at(-1)?.seq ?? input.cursor,
    more: rows.length === pullPage,
  };
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

function checkProtocol(protocol: number): void {
  if (protocol > protocolVersion) throw new OperationError('protocol-too-new', { server: protocolVersion });
  if (protocol < protocolVersion) throw new OperationError('protocol-too-old', { server: protocolVersion });
}
