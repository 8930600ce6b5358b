/** Empty fields of a form are '' on screen and null in the model. */

/** Trimmed text, null where nothing was entered. */
export function orNull(value: string): string | null {
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** What a text field shows for a value. */
export function orEmpty(value: string | null | undefined): string {
  return value ?? '';
}

/** A number field is '' while it is empty. */
export type NumberEntry = number | '';

/** The entry in the model's unit (tenths, hundredths), rounded; null where nothing was entered. */
export function scaledOrNull(value: NumberEntry | string, factor: number): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value * factor) : null;
}

/** The model's value as a number field shows it. */
export function scaledOrEmpty(value: number | null | undefined, factor: number): NumberEntry {
  return value === null || value === undefined ? '' : value / factor;
}

/** Only the fields whose value is another one than before, so that a save names what was changed and nothing else. */
export function changedFields<T extends Record<string, unknown>>(before: T, after: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
  ) as Partial<T>;
}
