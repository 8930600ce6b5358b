import type Database from 'better-sqlite3';

/** Changesets that the viewer refused: kept as they were written. */
export interface RefusedChangesets {
  /** They count as refused no longer; what they hold stays. */
  readonly dismiss: (changesetIds: readonly string[]) => void;
  /** They count again. */
  readonly recall: (changesetIds: readonly string[]) => void;
}

export function openRefused(sqlite: Database.Database): RefusedChangesets {
  const move = sqlite.prepare('update outbox set state = ? where changeset_id = ? and state = ?');
  const each = (from: string, to: string) =>
    sqlite.transaction((ids: readonly string[]) => {
      for (const id of ids) move.run(to, id, from);
    });
  return { dismiss: each('rejected', 'dismissed'), recall: each('dismissed', 'rejected') };
}
