import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Author, Change } from '../../../shared/sync/changes.ts';
import type { GroupOutcome, RowState } from '../../../shared/sync/merge.ts';

/** One journal entry that a sequence must leave behind. */
export interface JournalLine {
  readonly kind: GroupOutcome['kind'];
  readonly group: string;
  readonly lostChangeId: string;
  readonly keptChangeId: string;
}

/** A sequence of changes of one row, and what every path through the product must make of it. */
export interface Vector {
  readonly name: string;
  readonly writes: readonly { readonly author: Extract<Author, { kind: 'staff' }>; readonly change: Change }[];
  readonly expected: {
    /** The row with its clock. */
    readonly row: RowState;
    /** Per change: group → whether it won there; nothing for a repeated one. */
    readonly outcomes: readonly Readonly<Record<string, boolean>>[];
    readonly journal: readonly JournalLine[];
  };
}

/** The golden vectors: made once, read by people, and never made again to fit the code. */
export function readVectors(): readonly Vector[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as Vector[];
}

/** The journal in an order that does not depend on ids. */
export function inOrder(lines: readonly JournalLine[]): readonly JournalLine[] {
  const key = ({ kind, group, lostChangeId, keptChangeId }: JournalLine) =>
    `${kind} ${group} ${lostChangeId} ${keptChangeId}`;
  return [...lines].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
