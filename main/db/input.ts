/** What a person typed, without white space around it; an optional text that is left empty is none. */
export function trimmed<T extends object>(fields: T): T {
  const entries = Object.entries(fields).map(([field, value]): [string, unknown] => [
    field,
    typeof value === 'string' ? value.trim() || null : value,
  ]);
  return Object.fromEntries(entries) as T;
}
