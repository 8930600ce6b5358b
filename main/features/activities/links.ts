import type { Edit } from '../../../shared/sync/edit.ts';
import { liveRow, liveRows, storedRow, storedRows } from '../../db/lookup.ts';
import type { DeskContext } from '../../service/context.ts';

/**
 * The rows that link persons to an activity; their ids come from both, so that two desks link only once.
 * @throws OperationError `not-found` for a person that is not there
 */
export function linkEdits(context: DeskContext, activityId: string, personIds: readonly string[]): readonly Edit[] {
  const people = liveRows(context.db, 'person', personIds, 'personIds');
  const ids = people.map((person) => context.naturalId('activityPerson', activityId, person.id));
  const known = new Set(storedRows(context.db, 'activityPerson', ids).map((row) => row.id));
  return people.map((person, index): Edit => {
    const id = ids[index] ?? '';
    return known.has(id)
      ? { entity: 'activityPerson', id, set: { deleted: false } }
      : { entity: 'activityPerson', id, set: { activityId, personId: person.id } };
  });
}

/** Links persons. */
export function linkPeople(context: DeskContext, activityId: string, personIds: readonly string[]): void {
  liveRow(context.db, 'activity', activityId, 'activityId');
  context.write(linkEdits(context, activityId, personIds));
}

/** Unlinks a person; nothing happens where they are not linked. */
export function unlinkPerson(context: DeskContext, activityId: string, personId: string): void {
  liveRow(context.db, 'activity', activityId, 'activityId');
  const id = context.naturalId('activityPerson', activityId, personId);
  const row = storedRow(context.db, 'activityPerson', id);
  if (row === null || row.deleted) return;
  context.write([{ entity: 'activityPerson', id, set: { deleted: true } }]);
}
