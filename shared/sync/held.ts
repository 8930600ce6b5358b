import type { Change } from './changes.ts';
import type { EntityDefinition } from './entity.ts';
import { type RowState, stampOf } from './merge.ts';

/**
 * Whether a row holds a change already, in every field and with its very clock: a desk's own change that comes back
 * with the log. Merging it would change nothing, so nothing need be checked or written.
 */
export function holdsChange(definition: EntityDefinition, current: RowState | null, change: Change): boolean {
  if (current === null) return false;
  return Object.keys(change.set).every((field) => {
    const group = definition.groupOf[field];
    if (group === undefined) return false;
    const stamp = stampOf(current.clock, group);
    return stamp?.change === change.id && stamp.hlc === change.hlc;
  });
}
