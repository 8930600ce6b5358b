import type { JsonValue } from '../../../shared/sync/changes.ts';
import { loneSurrogates } from '../../../shared/sync/validate.ts';

/** Text as PostgreSQL can hold it: NUL and halves of characters become U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\ufffd').replace(loneSurrogates, '\ufffd');
}

/** JSON as `jsonb` can hold it, keys included. Copies; use it for what is kept as evidence, never for what is applied. */
export function storableJson<T extends JsonValue>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    if (typeof inner === 'string') return storableText(inner);
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [storableText(key), item]));
  }) as T;
}
