import type { ParsedInput } from '../../../shared/contract/registry.ts';
import type { Activity } from '../../../shared/features/activities/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { checkReference, liveRow, liveRows } from '../../db/lookup.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { readConversation } from './conversation.ts';
import { addEntry, createActivity, setRelease } from './entries.ts';
import { handledByHand, residentStamps } from './handled.ts';
import { linkPeople, unlinkPerson } from './links.ts';
import { changedPlace, checkPlace } from './place.ts';
import { countActivities, listActivities, type Viewpoint } from './repository.ts';

export const activitiesHandlers: DeskHandlers<'activities'> = {
  'activities.list': (context, input) => listActivities(context.db, input, viewpoint(context)),

  'activities.counts': (context) => countActivities(context.db, viewpoint(context)),

  'activities.get': (context, { id }) => readConversation(context.db, context.files, id),

  'activities.create': (context, input) => createActivity(context, input),

  'activities.addEntry': (context, input) => addEntry(context, input),

  'activities.setRelease': (context, input) => {
    setRelease(context, input);
    return {};
  },

  'activities.setStatus': (context, input) => {
    setStatus(context, input);
    return {};
  },

  'activities.save': (context, input) => {
    saveActivity(context, input);
    return {};
  },

  'activities.linkPeople': (context, { activityId, personIds }) => {
    linkPeople(context, activityId, personIds);
    return {};
  },

  'activities.unlinkPerson': (context, { activityId, personId }) => {
    unlinkPerson(context, activityId, personId);
    return {};
  },

  'activities.markHandled': (context, { ids, handled }) => {
    const activities = liveRows(context.db, 'activity', ids);
    const stamps = residentStamps(context.db, ids);
    context.write(
      activities.map(
        ({ id, handledThrough }): Edit => ({
          entity: 'activity',
          id,
          set: { handledThrough: handledByHand(handledThrough, stamps.get(id) ?? [], handled) },
        }),
      ),
    );
    return {};
  },
};

function viewpoint(context: DeskContext): Viewpoint {
  // The default status with this key: whoever renames it still means waiting.
  return { staffId: context.identity().staffId, waitingStatusId: context.naturalId('status', 'waiting') };
}

/**
 * Sets the status together with the newest resident entry that this desk knows: a close that had not seen it does not
 * stand. Closing also says that everything known is handled.
 */
function setStatus(context: DeskContext, { ids, statusId }: ParsedInput<'activities.setStatus'>): void {
  const { db } = context;
  const status = liveRow(db, 'status', statusId, 'statusId');
  const activities = liveRows(db, 'activity', ids);
  const stamps = residentStamps(db, ids);
  context.write(
    activities.map(({ id, handledThrough }): Edit => {
      const known = stamps.get(id) ?? [];
      const state = { statusId, statusSeen: known[0] ?? null };
      const set = status.isClosed ? { ...state, handledThrough: handledByHand(handledThrough, known, true) } : state;
      return { entity: 'activity', id, set };
    }),
  );
}

function saveActivity(context: DeskContext, { id, fields }: ParsedInput<'activities.save'>): void {
  const { db } = context;
  const activity = liveRow(db, 'activity', id);
  // Forms send what they show: what stays as it was may meanwhile be deleted.
  if (fields.topicId !== activity.topicId) checkReference(db, 'topic', fields.topicId, 'topicId');
  if (
    fields.assigneeId &&
    fields.assigneeId !== activity.assigneeId &&
    !liveRow(db, 'staff', fields.assigneeId, 'assigneeId').active
  ) {
    throw new OperationError('not-found', { field: 'assigneeId' });
  }
  const set: Partial<Activity> = { ...fields };
  if (fields.propertyId !== undefined || fields.unitId !== undefined) {
    const place = changedPlace(activity, fields);
    const moved = place.propertyId !== activity.propertyId || place.unitId !== activity.unitId;
    if (moved) checkPlace(db, place.propertyId, place.unitId);
    Object.assign(set, place);
  }
  if (fields.subject !== undefined) set.subject = fields.subject.trim();
  context.write([{ entity: 'activity', id, set }]);
}
