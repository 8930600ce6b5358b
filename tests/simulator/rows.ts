import { createHash } from 'node:crypto';

/** Rows by `entity id`, canonical text. */
export type Rows = ReadonlyMap<string, string>;

/** SHA-256 of rows in a fixed order. */
export function hashOf(rows: Rows): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${name} ${text}\n`);
  return hash.digest('hex');
}
