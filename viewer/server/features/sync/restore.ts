import { v5 } from 'uuid';
import type { Output, ParsedInput } from '../../../../shared/contract/registry.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { Change } from '../../../../shared/sync/changes.ts';
import { findEntity } from '../../../../shared/sync/entities.ts';
import { naturalName } from '../../../../shared/sync/natural-id.ts';
import type { DeviceCaller, RequestContext } from '../../context.ts';
import { type CommitDeps, commitRecovery } from '../../sync/commit.ts';
import { isRecoveryOpen } from '../../sync/epoch.ts';
import { readErased } from '../../sync/erase.ts';
import { takeHead } from '../../sync/head.ts';
import { roleOf } from '../../sync/pairing.ts';

/** What the company itself stands on, and what says that something was erased. */
const kept: ReadonlySet<string> = new Set(['organisation', 'erasure']);

/**
 * Takes back what a restored viewer lost, while its recovery is open, from any desk whose person is active.
 * @throws OperationError `rejected-role`
 */
export async function recover(
  deps: CommitDeps,
  context: RequestContext,
  { organisationId, deviceId, staffId }: DeviceCaller,
  input: ParsedInput<'sync.recover'>,
): Promise<Output<'sync.recover'>> {
  const role = await roleOf(context, organisationId, staffId, staffId);
  if (role === null) throw new OperationError('rejected-role');
  const missing = await missingFiles(context, organisationId, input.changesets);
  const changesets = input.changesets.map((changeset) => ({
    ...changeset,
    changes: changeset.changes.filter((change) => !missing.has(change.id)),
  }));
  return context.company(organisationId, async ({ tx }) => {
    const { epoch, head } = await takeHead(tx, organisationId);
    if (input.epoch !== epoch || !(await isRecoveryOpen(tx, organisationId, context.now())))
      return { epoch, head, open: false, taken: 0 };
    const recovery = { deviceId, role, changesets, last: input.last };
    return { ...(await commitRecovery(deps, tx, organisationId, recovery)), open: true };
  });
}

/** Changes that say a file is here which is not: only the viewer's own hash makes a file available. */
async function missingFiles(
  { blobs }: Pick<RequestContext, 'blobs'>,
  organisationId: string,
  changesets: readonly { readonly changes: readonly Change[] }[],
): Promise<ReadonlySet<string>> {
  const missing = new Set<string>();
  for (const { id, entity, set } of changesets.flatMap(({ changes }) => changes)) {
    if (entity === 'blob' && !(await blobs.has(organisationId, String(set.sha256)))) missing.add(id);
  }
  return missing;
}

/**
 * Erases rows for good. The erasure is a change like any other, so every desk hears of it.
 * @throws OperationError `rejected-role` for anybody but a manager, `invalid-input` for what must stay
 */
export async function erase(
  context: RequestContext,
  { organisationId, deviceId, staffId }: DeviceCaller,
  { rows }: ParsedInput<'sync.erase'>,
): Promise<Output<'sync.erase'>> {
  if ((await roleOf(context, organisationId, staffId, staffId)) !== 'manager')
    throw new OperationError('rejected-role');
  if (rows.some(({ entity }) => findEntity(entity) === undefined || kept.has(entity)))
    throw new OperationError('invalid-input', { paths: ['rows'] });
  await context.company(organisationId, async ({ tx, write }) => {
    // Under the lock, so that of two who erase the same row the second finds it done.
    await takeHead(tx, organisationId);
    const before = new Set(
      await readErased(
        tx,
        organisationId,
        rows.map((row) => row.id),
      ),
    );
    const wanted = new Map(rows.map((row) => [`${row.entity} ${row.id}`, row]));
    for (const done of before) wanted.delete(done);
    const erasedAt = instantText(context.now());
    await write(
      { kind: 'server' },
      [...wanted.values()].map(({ entity, id }) => ({
        entity: 'erasure',
        id: v5(naturalName('erasure', [entity, id]), organisationId),
        set: { entity, entityId: id, erasedAt },
      })),
    );
  });
  context.log.info({ organisationId, deviceId, rows: rows.length }, 'erased for good');
  return {};
}
