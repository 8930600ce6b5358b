import { and, eq, sql } from 'drizzle-orm';
import type pg from 'pg';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { maxCursorLead } from '../../../shared/sync/protocol.ts';
import type { Company, Transaction, ViewerLog } from '../context.ts';
import { changeLogTable, deviceTokenTable, organisationHeadTable } from '../db/schema.ts';
import { together } from '../db/together.ts';
import { countEpoch } from './epoch-limit.ts';

/** Numbers of activities that a new epoch leaves out: given after the backup, and known to residents already. */
const numberGap = 100;
/** Sequences that a new epoch leaves out where nobody says how far the lost ones went. */
const sequenceGap = 100_000;

/** Where a desk says it stands. */
interface Claim {
  readonly epoch?: string | undefined;
  readonly cursor: number;
  readonly mark?: string | undefined;
  readonly settled?: number | undefined;
  readonly settledBy?: string | undefined;
}

interface Position {
  readonly epoch: string;
  readonly head: number;
}

/** What a push ends with whose desk stands where this viewer is not: nothing of it was applied. */
export class WasRestored extends Error {}

/** Refuses a push, under the lock, of a desk that knows what this viewer lost. @throws WasRestored */
export async function requireStanding(
  company: Pick<Company, 'tx' | 'organisationId'>,
  current: Position,
  claim: Claim,
): Promise<void> {
  if (claim.epoch !== current.epoch || (await readClaim(company, claim))(current)) throw new WasRestored();
}

/**
 * Reads what a claim is held against, by statements that go out at once. The answer says of a head of the claim's epoch
 * whether the desk stands where this viewer never was: it was given sequences or verdicts that were lost when the viewer
 * was restored from a backup. A cursor below the head gives itself away by the change that stands there.
 */
export async function readClaim(
  company: Pick<Company, 'tx' | 'organisationId'>,
  claim: Claim,
): Promise<(position: Pick<Position, 'head'>) => boolean> {
  const [unjudged, moved] = await together(hasUnjudged(company, claim), hasOtherMark(company, claim));
  return ({ head }) => claim.cursor > head || unjudged || moved;
}

async function hasOtherMark({ tx, organisationId }: Pick<Company, 'tx' | 'organisationId'>, { mark, cursor }: Claim) {
  if (mark === undefined || cursor === 0) return false;
  const { rows } = await tx.execute<{ same: boolean }>(
    sql`select ${changeLogTable.changeId} = ${mark} as same from ${changeLogTable}
        where ${changeLogTable.organisationId} = ${organisationId} and ${changeLogTable.seq} = ${cursor}`,
  );
  return rows[0]?.same !== true;
}

/** Whether a device was told verdicts of which this viewer knows nothing; it may be known by another name since. */
async function hasUnjudged(
  { tx, organisationId }: Pick<Company, 'tx' | 'organisationId'>,
  { settled, settledBy }: Claim,
): Promise<boolean> {
  if (settled === undefined || settledBy === undefined) return false;
  const [device] = await tx
    .select({ lastSeq: deviceTokenTable.lastSeq })
    .from(deviceTokenTable)
    .where(and(eq(deviceTokenTable.organisationId, organisationId), eq(deviceTokenTable.deviceId, settledBy)));
  return (device?.lastSeq ?? 0) < settled;
}

/**
 * The company's position, for a desk that says where it stands. One that is ahead tells the viewer that it was restored:
 * it takes a new epoch and raises its head over the desk's cursor, under the row lock, so that no sequence that anybody
 * was given is ever given again and every desk starts over.
 * @throws OperationError `not-found`, `invalid-input` for a cursor that no viewer can have given, `too-many-requests` for
 *   a device that tells so again and again
 */
export async function positionFor(
  company: Company,
  deps: { readonly now: () => number; readonly newId: () => string; readonly log: Pick<ViewerLog, 'warn'> },
  claim: Claim,
  deviceId: string,
): Promise<Position> {
  const { tx, organisationId } = company;
  const ofCompany = eq(organisationHeadTable.organisationId, organisationId);
  const [current] = await tx.select().from(organisationHeadTable).where(ofCompany);
  if (current === undefined) throw new OperationError('not-found');
  if (claim.epoch !== current.epoch || !(await readClaim(company, claim))(current)) return current;
  if (claim.cursor > current.head + maxCursorLead) throw new OperationError('invalid-input', { paths: ['cursor'] });
  const [locked] = await tx.select().from(organisationHeadTable).where(ofCompany).for('update');
  if (locked === undefined) throw new OperationError('not-found');
  // Another desk may have told it in between.
  if (locked.epoch !== claim.epoch || !(await readClaim(company, claim))(locked)) return locked;
  await countEpoch(tx, deps.now(), deviceId).catch((error: unknown) => {
    deps.log.warn({ organisationId, deviceId }, 'a device claims too many restores');
    throw error;
  });
  const next = { epoch: deps.newId(), head: Math.max(locked.head, claim.cursor) };
  await tx
    .update(organisationHeadTable)
    .set({
      ...next,
      lastActivityNumber: locked.lastActivityNumber + numberGap,
      epochStartedAt: instantText(deps.now()),
      epochHead: next.head,
    })
    .where(ofCompany);
  await tx.execute(sql`select pg_notify('treppenhaus_head', ${JSON.stringify({ organisationId, ...next })})`);
  deps.log.warn(
    { organisationId, deviceId, cursor: claim.cursor, head: locked.head },
    'restored from a backup: a new epoch',
  );
  return next;
}

/** How long after a restore desks may bring back what was lost (milliseconds). */
const recoveryWindow = 30 * 24 * 3600_000;

/** Whether the company's epoch began with a restore, and not too long ago. */
export async function isRecoveryOpen(tx: Transaction, organisationId: string, now: number): Promise<boolean> {
  const [head] = await tx
    .select({ startedAt: organisationHeadTable.epochStartedAt })
    .from(organisationHeadTable)
    .where(eq(organisationHeadTable.organisationId, organisationId));
  const startedAt = head?.startedAt ?? null;
  return startedAt !== null && now < Date.parse(startedAt) + recoveryWindow;
}

/**
 * A new epoch for every company, for whoever has restored the database from a backup: every desk starts over and brings
 * back what it has. As the owner of the tables, beside a viewer that may run. Answers how many companies there are.
 */
export async function startEpochs(client: Pick<pg.ClientBase, 'query'>, now: number): Promise<number> {
  const { rows } = await client.query<{ organisationId: string; epoch: string; head: string }>(
    `UPDATE organisation_head SET epoch = gen_random_uuid(), head = head + $1, epoch_head = head + $1,
       last_activity_number = last_activity_number + $2, epoch_started_at = $3
     RETURNING organisation_id AS "organisationId", epoch, head`,
    [sequenceGap, numberGap, instantText(now)],
  );
  for (const { organisationId, epoch, head } of rows) {
    const told = JSON.stringify({ organisationId, epoch, head: Number(head) });
    await client.query("SELECT pg_notify('treppenhaus_head', $1)", [told]);
  }
  return rows.length;
}
