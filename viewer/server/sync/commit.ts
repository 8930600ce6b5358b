import { sql } from 'drizzle-orm';
import { instantText } from '../../../shared/lib/dates.ts';
import { type Author, maxChangesPerChangeset } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { Verdict } from '../../../shared/sync/protocol.ts';
import type { Transaction } from '../context.ts';
import { together } from '../db/together.ts';
import type { Head } from '../plugins/heads.ts';
import { applyChangeset, type Submitted } from './changeset.ts';
import type { CommittedChange, Consequence, ConsequenceContext } from './consequences.ts';
import { changesFromEdits } from './edits.ts';
import { eraseCommitted, partErased } from './erase.ts';
import { type TakeHead, takeHead } from './head.ts';
import { conflictEdits, rejectionEdit } from './journal.ts';
import { withDevices } from './journal-authors.ts';
import { type ReadKnown, readKnown } from './known.ts';
import { openLogBook, quarantine } from './log.ts';
import { makeGood, settleRecovered } from './make-good.ts';
import type { Writer } from './permissions.ts';
import { applyRecovered, type Recovery } from './recover.ts';
import { unlessTold } from './recovered-conflicts.ts';
import { openWorkingRows } from './rows.ts';

/** Changesets of one member of staff, as a desk pushed them. */
export interface Submission extends Writer {
  readonly changesets: readonly Submitted[];
}

/** Edits of the viewer's own code: the portal's handlers and the server itself. */
export interface OwnEdits {
  readonly author: Author;
  readonly edits: readonly Edit[];
}

/** What a commit works with. The optional parts are the real ones unless a proof of the tests puts in wrong ones. */
export interface CommitDeps {
  readonly consequences: readonly Consequence[];
  readonly now: () => number;
  readonly newId: () => string;
  /** A push is committed: who listens in this process need not wait for what PostgreSQL tells all of them. */
  readonly told?: (head: Head) => void;
  readonly takeHead?: TakeHead;
  readonly readKnown?: ReadKnown;
}

export interface CommitResult {
  readonly epoch: string;
  readonly head: number;
  readonly verdicts: Verdict[];
}

/** What a commit is to do. */
interface Work {
  readonly submissions?: readonly Submission[];
  readonly own?: OwnEdits;
  readonly recovery?: Recovery;
  /** Runs under the lock before anything is applied; what it throws ends the transaction. */
  readonly guard?: (tx: Transaction, position: { readonly epoch: string; readonly head: number }) => Promise<void>;
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
  work: Omit<Work, 'recovery'>,
): Promise<CommitResult> {
  const { epoch, head, verdicts } = await carryOut(deps, tx, organisationId, work);
  return { epoch, head, verdicts };
}

/** The same for what a desk brings back after a restore. `taken`: changes that were not known. */
export async function commitRecovery(
  deps: CommitDeps,
  tx: Transaction,
  organisationId: string,
  recovery: Recovery,
): Promise<{ readonly epoch: string; readonly head: number; readonly taken: number }> {
  const { epoch, head, recovered } = await carryOut(deps, tx, organisationId, { recovery });
  return { epoch, head, taken: recovered };
}

async function carryOut(
  deps: CommitDeps,
  tx: Transaction,
  organisationId: string,
  work: Work,
): Promise<CommitResult & { readonly recovered: number }> {
  const taken = await (deps.takeHead ?? takeHead)(tx, organisationId);
  const receivedAt = instantText(deps.now());
  const rows = openWorkingRows(tx, organisationId, taken.erasedRows);
  const log = openLogBook(tx, organisationId, receivedAt);
  const verdicts: Verdict[] = [];
  let lastActivityNumber = taken.lastActivityNumber;
  let committed: CommittedChange[] = [];
  let edits: Edit[] = [];

  const appendOwn = (author: Author, wishes: readonly Edit[]): void => {
    const changes = changesFromEdits(rows, wishes, author, deps);
    for (let start = 0; start < changes.length; start += maxChangesPerChangeset) {
      log.append({ id: deps.newId(), importId: null }, author, changes.slice(start, start + maxChangesPerChangeset));
    }
    committed.push(...changes);
  };

  if (work.own !== undefined) {
    const { author, edits: wishes } = work.own;
    await rows.load(wishes.map((edit) => ({ entity: edit.entity, entityId: edit.id })));
    appendOwn(author, wishes);
  }
  const submitted = [
    ...(work.submissions ?? []).flatMap(({ changesets }) => changesets),
    ...(work.recovery?.changesets ?? []),
  ];
  const [known] = await together(
    (deps.readKnown ?? readKnown)(tx, organisationId, submitted),
    rows.load((work.submissions ?? []).flatMap(({ changesets }) => changesets.flatMap(({ changes }) => changes))),
    work.guard?.(tx, taken),
  );
  for (const { author, changesets, role } of work.submissions ?? []) {
    for (const sent of changesets) {
      const { changeset, erased } = partErased(rows, sent);
      const before = known.verdictOn(changeset);
      if (before !== undefined) {
        verdicts.push(before);
        continue;
      }
      const outcome = applyChangeset(rows, known, changeset, { author, role }, deps.now());
      verdicts.push(outcome.verdict);
      known.add(changeset, outcome);
      if (erased.length > 0) edits.push(rejectionEdit(deps, { changes: erased }, author, { code: 'rejected-erased' }));
      if (outcome.refusal !== null) {
        const kept = { id: changeset.id, changes: [...changeset.changes, ...erased] };
        await quarantine(tx, organisationId, kept, author, outcome.refusal, receivedAt);
        if (changeset.changes.length > 0) {
          const entry = rejectionEdit(deps, changeset, author, outcome.refusal);
          edits.push(...(await unlessTold({ tx, organisationId }, entry)));
        }
        continue;
      }
      log.append(changeset, author, outcome.committed);
      committed.push(...outcome.committed);
      edits.push(...conflictEdits(deps, outcome.merges, changeset.changes, outcome.verdict));
    }
  }

  const context: ConsequenceContext = {
    organisationId,
    tx,
    now: deps.now,
    newId: deps.newId,
    nextActivityNumber: () => {
      lastActivityNumber += 1;
      return lastActivityNumber;
    },
  };
  let recovered = 0;
  if (work.recovery !== undefined) {
    const parts = { tx, organisationId, rows, log, known, receivedAt, ...deps };
    const outcome = await applyRecovered(parts, work.recovery);
    recovered = outcome.committed.length;
    lastActivityNumber = Math.max(lastActivityNumber, outcome.highestNumber);
    await rows.flush();
    edits.push(...outcome.edits, ...(await settleRecovered(parts, outcome.committed, context.nextActivityNumber)));
    edits.push(...(await eraseCommitted(tx, organisationId, { rows, log }, outcome.committed)));
    if (work.recovery.last) {
      const rest = await makeGood(parts, rows);
      committed.push(...rest.committed);
      edits.push(...rest.edits);
    }
  }
  for (let round = 0; committed.length > 0 || edits.length > 0; round += 1) {
    if (round > maxRounds) throw new Error('Consequences do not end');
    await rows.flush();
    const finished = committed;
    committed = [];
    edits.push(...(await eraseCommitted(tx, organisationId, { rows, log }, finished)));
    for (const consequence of deps.consequences) edits.push(...(await consequence(context, finished)));
    const wanted = await withDevices(tx, organisationId, log.rows(), edits);
    edits = [];
    await rows.load(wanted.map((edit) => ({ entity: edit.entity, entityId: edit.id })));
    appendOwn({ kind: 'server' }, wanted);
  }
  const count = log.rows().length;
  const moved = taken.advance(count, lastActivityNumber);
  const head = taken.headAfter?.(count) ?? (await moved);
  if (count === 0) await moved;
  else {
    const told = JSON.stringify({ organisationId, epoch: taken.epoch, head });
    const notify = sql`select pg_notify('treppenhaus_head', ${told})`;
    await together(moved, log.write(head), tx.execute(notify).execute());
  }
  return { epoch: taken.epoch, head, verdicts, recovered };
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
