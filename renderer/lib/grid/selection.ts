/** Selected rows by id: they stay selected while one searches and scrolls. */
export type Selection = ReadonlySet<string>;

export const nothingSelected: Selection = new Set();

/** Adds the row, or takes it out. */
export function toggled(selection: Selection, id: string): Selection {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Adds rows. */
export function added(selection: Selection, ids: readonly string[]): Selection {
  return new Set([...selection, ...ids]);
}
