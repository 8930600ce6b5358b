import type { ImportKind, ImportProblem } from '../../../shared/features/imports/model.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { Known } from './known.ts';
import type { ImportRow } from './rows.ts';
import { membershipEdit, personEdit, propertyEdit, unitEdits } from './targets.ts';

/** What an import would do. */
export interface ImportPlan {
  readonly edits: readonly Edit[];
  readonly counts: Readonly<
    Partial<Record<ImportKind, { added: number; changed: number; unchanged: number; skipped: number }>>
  >;
  readonly problems: readonly ImportProblem[];
}

/** Collects rows in the order properties, units, people, memberships, each row once, and knows what they refer to. */
export interface Planner {
  readonly add: (row: ImportRow) => void;
  readonly result: () => ImportPlan;
}

/** One row's wish: its natural key, and the edits; the first edit is the row's own. */
export type Wish =
  | { readonly key: string; readonly edits: readonly [Edit, ...Edit[]]; readonly isNew: boolean }
  | { readonly problem: ImportProblem['code']; readonly field: string };

export function createPlanner(known: Known): Planner {
  const edits: Edit[] = [];
  const problems: ImportProblem[] = [];
  const counts: Partial<Record<ImportKind, { added: number; changed: number; unchanged: number; skipped: number }>> =
    {};
  const seen = new Map<string, string>();

  const wishOf = (row: ImportRow): Wish => {
    switch (row.kind) {
      case 'properties':
        return propertyEdit(known, row.values);
      case 'units':
        return unitEdits(known, row.values);
      case 'people':
        return personEdit(known, row.values);
      case 'memberships':
        return membershipEdit(known, row.values);
    }
  };

  const problem = (
    row: ImportRow,
    code: ImportProblem['code'],
    field: string,
    severity: ImportProblem['severity'] = 'error',
  ): void => {
    const value = row.values[field];
    problems.push({
      fileId: row.fileId,
      row: row.row,
      column: row.columnOf(field),
      code,
      severity,
      value: value === null || value === undefined ? '' : String(value),
    });
  };

  return {
    add: (row) => {
      counts[row.kind] ??= { added: 0, changed: 0, unchanged: 0, skipped: 0 };
      const count = counts[row.kind];
      if (count === undefined) return;
      if (row.broken) {
        count.skipped += 1;
        return;
      }
      const wish = wishOf(row);
      if ('problem' in wish) {
        problem(row, wish.problem, wish.field);
        count.skipped += 1;
        return;
      }
      const text = JSON.stringify(wish.edits);
      const key = `${row.kind} ${wish.key}`;
      const before = seen.get(key);
      if (before !== undefined) {
        // The same row twice is harmless; two rows that contradict each other are not.
        problem(row, 'duplicate-key', firstField(row), before === text ? 'warning' : 'error');
        count.skipped += 1;
        return;
      }
      seen.set(key, text);
      const changes = wish.edits.filter((edit) => known.differs(edit));
      if (changes.length === 0) count.unchanged += 1;
      else if (wish.isNew) count.added += 1;
      else count.changed += 1;
      edits.push(...changes);
    },
    result: () => ({ edits, counts, problems }),
  };
}

function firstField(row: ImportRow): string {
  return Object.keys(row.values)[row.kind === 'units' ? 1 : 0] ?? '';
}
