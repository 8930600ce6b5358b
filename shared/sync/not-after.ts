import { instantText } from '../lib/dates.ts';
import type { JsonValue } from './changes.ts';
import { type Hlc, hlcMillis, hlcPattern } from './clock.ts';
import type { EntityDefinition } from './entity.ts';

/**
 * Values of a merge group as they count under the group's clock: an instant or a clock that the model names as never
 * after it is at most the clock itself, so that what a desk wrote whose clock is years ahead does not stay on top for
 * years. Applying it again, with the same or an earlier clock, is the same as applying the earlier one alone.
 */
export function notAfter<T extends Readonly<Record<string, JsonValue>>>(
  definition: EntityDefinition,
  value: T,
  hlc: Hlc,
): T {
  let capped: Record<string, JsonValue> | null = null;
  for (const field of definition.notAfterClock) {
    const given = value[field];
    if (typeof given !== 'string') continue;
    const limit = hlcPattern.test(given) ? hlc : instantText(hlcMillis(hlc));
    if (given > limit) {
      capped ??= { ...value };
      capped[field] = limit;
    }
  }
  return (capped ?? value) as T;
}
