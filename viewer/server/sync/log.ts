import type { Author, Change, Changeset } from '../../../shared/sync/changes.ts';
import type { Refusal } from '../../../shared/sync/validate.ts';
import type { Transaction } from '../context.ts';
import { insertRows } from '../db/bulk.ts';
import { changeLogTable, quarantineTable } from '../db/schema.ts';
import type { CommittedChange } from './consequences.ts';
import { storableJson, storableText } from './storable.ts';

/** What a commit will log, in order; the sequences come last, when their number is known. */
export interface LogBook {
  readonly append: (
    changeset: Pick<Changeset, 'id' | 'importId'>,
    author: Author,
    applied: readonly CommittedChange[],
    recoveredBy?: string,
  ) => void;
  /** What it holds so far. */
  readonly rows: () => readonly { readonly changeId: string; readonly author: Author }[];
  /** Replaces what is not written yet. */
  readonly scrub: (replace: (change: Change) => Change) => void;
  /** Writes it with the sequences that end at `head`. */
  readonly write: (head: number) => Promise<void>;
}

type LogRow = typeof changeLogTable.$inferInsert;

const insertBatch = 1000;

export function openLogBook(tx: Transaction, organisationId: string, receivedAt: string): LogBook {
  let rows: Omit<LogRow, 'seq'>[] = [];
  return {
    append: (changeset, author, applied, recoveredBy) => {
      for (const [index, { change }] of applied.entries()) {
        rows.push({
          organisationId,
          changeId: change.id,
          changesetId: changeset.id,
          importId: changeset.importId,
          last: index === applied.length - 1,
          author,
          entity: change.entity,
          entityId: change.entityId,
          change,
          receivedAt,
          recoveredBy: recoveredBy ?? null,
        });
      }
    },
    rows: () => rows,
    scrub: (replace) => {
      rows = rows.map((row) => ({ ...row, change: replace(row.change) }));
    },
    write: async (head) => {
      const first = head - rows.length + 1;
      const numbered = rows.map((row, index): LogRow => ({ ...row, seq: first + index }));
      for (let start = 0; start < numbered.length; start += insertBatch)
        await insertRows(tx, changeLogTable, numbered.slice(start, start + insertBatch));
    },
  };
}

/** Keeps a refused changeset with the reason. */
export async function quarantine(
  tx: Transaction,
  organisationId: string,
  changeset: { readonly id: string; readonly changes: readonly Change[] },
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
