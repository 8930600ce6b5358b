import { eq, sql } from 'drizzle-orm';
import { instantText } from '../../../shared/lib/dates.ts';
import {
  type Author,
  authorText,
  type Change,
  type Changeset,
  maxChangesPerChangeset,
} from '../../../shared/sync/changes.ts';
import { clampHlc } from '../../../shared/sync/clock.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { type MergeResult, mergeChange, type RowState } from '../../../shared/sync/merge.ts';
import type { Verdict } from '../../../shared/sync/protocol.ts';
import { checkAgainstRow, checkShape, type Refusal } from '../../../shared/sync/validate.ts';
import type { Transaction } from '../context.ts';
import { changeLogTable, organisationHeadTable, quarantineTable } from '../db/schema.ts';
import type { CommittedChange, Consequence, ConsequenceContext } from './consequences.ts';
import { changesFromEdits } from './edits.ts';
import { conflictEdits, rejectionEdit } from './journal.ts';
import { withDevices } from './journal-authors.ts';
import { type Known, readKnown, sameChange } from './known.ts';
import { checkPermission, type Writer } from './permissions.ts';
import { openWorkingRows, type WorkingRows } from './rows.ts';
import { storableJson, storableText } from './storable.ts';

/** Changesets of one member of staff, as a desk pushed them. */
export interface Submission extends Writer {
  readonly changesets: readonly (Pick<Changeset, 'id' | 'importId' | 'changes'> & {
    /** Set where the database could not hold it: it is refused without another try. */
    readonly refusal?: Exclude<Refusal, null>;
  })[];
}

/** Edits of the viewer's own code: the portal's handlers and the server itself. */
export interface OwnEdits {
  readonly author: Author;
  readonly edits: readonly Edit[];
}

export interface CommitDeps {
  readonly consequences: readonly Consequence[];
  readonly now: () => number;
  readonly newId: () => string;
}

export interface CommitResult {
  readonly epoch: string;
  readonly head: number;
  readonly verdicts: Verdict[];
}

/** Consequences may have consequences (a number, then a publication); deeper than this is a mistake of ours. */
const maxRounds = 5;

/**
 * The server's commit, for a desk's push and for the portal alike, inside the caller's transaction. The row lock on the
 * head serialises the writers of a company and hands out the sequence; nothing leaves the process while it is held.
 * Idempotent by change id. Every changeset is applied whole or refused whole with a code.
 */
export async function commit(
  deps: CommitDeps,
  tx: Transaction,
  organisationId: string,
  work: { readonly submissions?: readonly Submission[]; readonly own?: OwnEdits },
): Promise<CommitResult> {
  const [locked] = await tx
    .select()
    .from(organisationHeadTable)
    .where(eq(organisationHeadTable.organisationId, organisationId))
    .for('update');
  if (locked === undefined) throw new Error('Company without a head');
  const state = { head: locked.head, lastActivityNumber: locked.lastActivityNumber };
  const rows = openWorkingRows(tx, organisationId);
  const log: (typeof changeLogTable.$inferInsert)[] = [];
  const verdicts: Verdict[] = [];
  let committed: CommittedChange[] = [];
  let edits: Edit[] = [];
  const receivedAt = instantText(deps.now());

  const append = (
    changeset: Pick<Changeset, 'id' | 'importId'>,
    author: Author,
    applied: readonly CommittedChange[],
  ): void => {
    for (const [index, { change }] of applied.entries()) {
      state.head += 1;
      log.push({
        organisationId,
        seq: state.head,
        changeId: change.id,
        changesetId: changeset.id,
        importId: changeset.importId,
        last: index === applied.length - 1,
        author,
        entity: change.entity,
        entityId: change.entityId,
        change,
        receivedAt,
      });
    }
    committed.push(...applied);
  };

  const appendOwn = (author: Author, wishes: readonly Edit[]): void => {
    const changes = changesFromEdits(rows, wishes, author, deps);
    for (let start = 0; start < changes.length; start += maxChangesPerChangeset) {
      append({ id: deps.newId(), importId: null }, author, changes.slice(start, start + maxChangesPerChangeset));
    }
  };

  if (work.own !== undefined) {
    const { author, edits: wishes } = work.own;
    await rows.load(wishes.map((edit) => ({ entity: edit.entity, entityId: edit.id })));
    appendOwn(author, wishes);
  }
  const known = await readKnown(
    tx,
    organisationId,
    (work.submissions ?? []).flatMap(({ changesets }) => changesets),
  );
  for (const { author, changesets, role } of work.submissions ?? []) {
    await rows.load(changesets.flatMap((changeset) => changeset.changes));
    for (const changeset of changesets) {
      const before = known.verdictOn(changeset);
      if (before !== undefined) {
        verdicts.push(before);
        continue;
      }
      const outcome =
        changeset.refusal === undefined
          ? applyChangeset(rows, known, changeset, { author, role }, deps.now())
          : refuse(changeset.id, changeset.refusal);
      verdicts.push(outcome.verdict);
      known.add(changeset, outcome);
      if (outcome.refusal !== null) {
        await quarantine(tx, organisationId, changeset, author, outcome.refusal, receivedAt);
        edits.push(rejectionEdit(deps, changeset, author, outcome.refusal));
        continue;
      }
      append(changeset, author, outcome.committed);
      edits.push(...conflictEdits(deps, outcome.merges, changeset.changes, outcome.verdict));
    }
  }

  const context: ConsequenceContext = {
    organisationId,
    tx,
    now: deps.now,
    newId: deps.newId,
    nextActivityNumber: () => {
      state.lastActivityNumber += 1;
      return state.lastActivityNumber;
    },
  };
  for (let round = 0; committed.length > 0 || edits.length > 0; round += 1) {
    if (round > maxRounds) throw new Error('Consequences do not end');
    await rows.flush();
    const finished = committed;
    committed = [];
    for (const consequence of deps.consequences) edits.push(...(await consequence(context, finished)));
    const wanted = await withDevices(tx, organisationId, log, edits);
    edits = [];
    await rows.load(wanted.map((edit) => ({ entity: edit.entity, entityId: edit.id })));
    appendOwn({ kind: 'server' }, wanted);
  }
  await writeLog(tx, log);
  await tx.update(organisationHeadTable).set(state).where(eq(organisationHeadTable.organisationId, organisationId));
  if (log.length > 0) {
    await tx.execute(
      sql`select pg_notify('treppenhaus_head', ${JSON.stringify({ organisationId, epoch: locked.epoch, head: state.head })})`,
    );
  }
  return { epoch: locked.epoch, head: state.head, verdicts };
}

/** The commit as `Company.write`: edits of the viewer's own code. */
export function createWriteEdits(deps: CommitDeps) {
  return async (
    company: { readonly organisationId: string; readonly tx: Transaction },
    author: Author,
    edits: readonly Edit[],
  ): Promise<void> => {
    await commit(deps, company.tx, company.organisationId, { own: { author, edits } });
  };
}

interface Applied {
  readonly verdict: Verdict;
  readonly refusal: Exclude<Refusal, null> | null;
  readonly committed: readonly CommittedChange[];
  readonly merges: readonly (MergeResult & { readonly entity: EntityName; readonly id: string })[];
}

/** Applies one changeset to the working rows, whole; a refused one leaves them as they were. */
function applyChangeset(
  rows: WorkingRows,
  known: Known,
  changeset: Submission['changesets'][number],
  writer: Writer,
  now: number,
): Applied {
  const overlay = new Map<string, RowState>();
  const committed: CommittedChange[] = [];
  const merges: (MergeResult & { readonly entity: EntityName; readonly id: string })[] = [];
  const stamps: { changeId: string; hlc: string }[] = [];
  const by = authorText(writer.author);
  const mine = new Map<string, Change>();
  let won = false;
  for (const sent of changeset.changes) {
    const earlier = mine.get(sent.id) ?? known.change(sent.id);
    if (earlier !== undefined) {
      if (!sameChange(earlier, sent)) return refuse(changeset.id, { code: 'rejected-schema', field: 'id' });
      won = true;
      continue;
    }
    mine.set(sent.id, sent);
    const refusal = checkShape(sent);
    if (refusal !== null) return refuse(changeset.id, refusal);
    const definition = findEntity(sent.entity);
    if (definition === undefined) return refuse(changeset.id, { code: 'rejected-schema', field: sent.entity });
    const entity = sent.entity as EntityName;
    const key = `${entity} ${sent.entityId}`;
    const before = overlay.get(key) ?? rows.get(entity, sent.entityId);
    const denied = checkPermission(definition, before, sent, writer);
    if (denied !== null) return refuse(changeset.id, { code: denied, field: sent.entity });
    const misfit = checkAgainstRow(definition, before, sent);
    if (misfit !== null) return refuse(changeset.id, misfit);
    const hlc = clampHlc(sent.hlc, now);
    const change: Change = { ...sent, hlc };
    if (hlc !== sent.hlc) stamps.push({ changeId: sent.id, hlc });
    const merge = mergeChange(definition, before, change, by);
    won ||= merge.outcomes.some((outcome) => outcome.won);
    overlay.set(key, merge.state);
    merges.push({ ...merge, entity, id: sent.entityId });
    committed.push({ entity, id: sent.entityId, author: writer.author, change, before, after: merge.state });
  }
  for (const [key, state] of overlay) {
    const [entity, id] = key.split(' ') as [EntityName, string];
    rows.set(entity, id, state);
  }
  const verdict: Verdict = {
    changesetId: changeset.id,
    verdict: won ? 'applied' : 'superseded',
    code: null,
    field: null,
    stamps,
  };
  return { verdict, refusal: null, committed, merges };
}

function refuse(changesetId: string, refusal: Exclude<Refusal, null>): Applied {
  const verdict: Verdict = {
    changesetId,
    verdict: 'rejected',
    code: refusal.code,
    field: refusal.field ?? null,
    stamps: [],
  };
  return { verdict, refusal, committed: [], merges: [] };
}

async function quarantine(
  tx: Transaction,
  organisationId: string,
  changeset: Submission['changesets'][number],
  author: Author,
  refusal: Exclude<Refusal, null>,
  receivedAt: string,
): Promise<void> {
  await tx.insert(quarantineTable).values({
    organisationId,
    changesetId: changeset.id,
    author,
    code: refusal.code,
    field: storableText(refusal.field ?? '') || null,
    changes: storableJson(changeset.changes),
    receivedAt,
  });
}

async function writeLog(tx: Transaction, log: readonly (typeof changeLogTable.$inferInsert)[]): Promise<void> {
  for (let start = 0; start < log.length; start += 1000)
    await tx.insert(changeLogTable).values(log.slice(start, start + 1000));
}
