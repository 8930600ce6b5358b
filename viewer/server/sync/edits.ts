import { type Author, authorText } from '../../../shared/sync/changes.ts';
import { type Hlc, hlcPattern, laterHlc, nextHlc } from '../../../shared/sync/clock.ts';
import { changeFromEdit, type Edit } from '../../../shared/sync/edit.ts';
import { entities } from '../../../shared/sync/entities.ts';
import type { EntityDefinition } from '../../../shared/sync/entity.ts';
import { mergeChange, type RowState } from '../../../shared/sync/merge.ts';
import { checkAgainstRow, checkShape } from '../../../shared/sync/validate.ts';
import type { CommittedChange } from './consequences.ts';
import type { WorkingRows } from './rows.ts';

/**
 * Turns edits of the viewer's own code into changes and applies them to the working rows. Their clock lies after
 * whatever the row holds, since the viewer has seen it. A malformed edit is a programming error and throws.
 */
export function changesFromEdits(
  rows: WorkingRows,
  edits: readonly Edit[],
  author: Author,
  deps: { readonly now: () => number; readonly newId: () => string },
): CommittedChange[] {
  return edits.flatMap((edit) => {
    // A job or a handler may still hold the id of what somebody erased meanwhile.
    if (rows.isErased(edit.entity, edit.id)) return [];
    const definition = entities[edit.entity];
    const before = rows.get(edit.entity, edit.id);
    const hlc = notBefore(definition, edit.set, nextHlc(newestStamp(before), deps.now()));
    const change = changeFromEdit(definition, before, edit, { id: deps.newId(), hlc });
    if (change === null) return [];
    const refusal = checkShape(change) ?? checkAgainstRow(definition, before, change);
    if (refusal !== null)
      throw new Error(`Viewer edit of ${edit.entity} refused: ${refusal.code} ${refusal.field ?? ''}`);
    const { state } = mergeChange(definition, before, change, authorText(author));
    rows.set(edit.entity, edit.id, state);
    return [{ entity: edit.entity, id: edit.id, author, change, before, after: state }];
  });
}

/** A clock in a value is what the viewer took for the newest: the change's own clock must not cut it back. */
function notBefore(definition: EntityDefinition, set: Edit['set'], hlc: Hlc): Hlc {
  return [...definition.notAfterClock]
    .map((field) => (set as Readonly<Record<string, unknown>>)[field])
    .filter((value): value is Hlc => typeof value === 'string' && hlcPattern.test(value))
    .reduce(laterHlc, hlc);
}

function newestStamp(state: RowState | null): Hlc | null {
  if (state === null) return null;
  const stamps = [state.clock.row, ...Object.values(state.clock.groups)];
  return stamps.reduce<Hlc | null>((newest, stamp) => (stamp === null ? newest : laterHlc(newest, stamp.hlc)), null);
}
