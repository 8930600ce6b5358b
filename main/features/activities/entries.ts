import { asc, eq } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import type { Activity } from '../../../shared/features/activities/model.ts';
import { reopenedStatus } from '../../../shared/features/activities/rules.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Hlc } from '../../../shared/sync/clock.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { checkReference, liveRow, modelColumns } from '../../db/lookup.ts';
import { attachmentEdits } from '../../service/attach.ts';
import type { DeskContext } from '../../service/context.ts';
import { handledByAnswer, residentStamps } from './handled.ts';
import { linkEdits } from './links.ts';
import { checkPlace } from './place.ts';

const { status } = entityTables;

type NewEntry = ParsedInput<'activities.addEntry'>['entry'];

/**
 * Opens an activity, assigned to whoever opens it.
 * @throws OperationError `not-found`, `invalid-input` with the field, `file-missing`
 */
export function createActivity(
  context: DeskContext,
  input: ParsedInput<'activities.create'>,
): Output<'activities.create'> {
  const { db } = context;
  checkPlace(db, input.propertyId, input.unitId);
  checkReference(db, 'topic', input.topicId, 'topicId');
  const id = context.newId();
  const activity: Omit<Activity, 'id'> = {
    number: null,
    subject: input.subject.trim(),
    propertyId: input.propertyId,
    unitId: input.unitId,
    topicId: input.topicId,
    statusId: firstStatus(db),
    statusSeen: null,
    assigneeId: context.identity().staffId,
    dueOn: null,
    handledThrough: null,
    openedBy: 'staff',
    createdAt: instantText(context.now()),
  };
  context.write([
    { entity: 'activity', id, set: activity },
    ...linkEdits(context, id, input.personIds),
    ...entryEdits(context, id, input.entry).edits,
  ]);
  return { id };
}

/** What a new activity starts as. */
function firstStatus(db: ReadDatabase): string {
  const statuses = db
    .select(modelColumns(status))
    .from(status)
    .where(eq(status.deleted, false))
    .orderBy(asc(status.id))
    .all();
  const first = reopenedStatus(statuses);
  if (first === undefined) throw new OperationError('not-possible-now', { field: 'statusId' });
  return first.id;
}

/** Adds an entry. A released one answers, and takes the activity out of *Neu*. */
export function addEntry(
  context: DeskContext,
  input: ParsedInput<'activities.addEntry'>,
): Output<'activities.addEntry'> {
  const activity = liveRow(context.db, 'activity', input.activityId, 'activityId');
  const { id, stamp, edits } = entryEdits(context, activity.id, input.entry);
  context.write([...edits, ...(input.entry.released ? answerEdits(context, activity, stamp) : [])]);
  return { id };
}

/**
 * Ticks or unticks the release. Ticking answers everything the entry could know; unticking does not bring *Neu* back.
 * @throws OperationError `invalid-input` for a note, `not-possible-now` for a resident's entry, which is theirs
 */
export function setRelease(context: DeskContext, { entryId, released }: ParsedInput<'activities.setRelease'>): void {
  const entry = liveRow(context.db, 'entry', entryId, 'entryId');
  if (entry.authorKind === 'resident') throw new OperationError('not-possible-now', { field: 'entryId' });
  if (entry.kind === 'note' && released) throw new OperationError('invalid-input', { field: 'released' });
  if (entry.released === released) return;
  const activity = liveRow(context.db, 'activity', entry.activityId, 'activityId');
  context.write([
    {
      entity: 'entry',
      id: entryId,
      set: { released, releasedAt: released ? instantText(context.now()) : null },
    },
    ...(released ? answerEdits(context, activity, entry.stamp) : []),
  ]);
}

function answerEdits(context: DeskContext, activity: Activity, answer: Hlc): readonly Edit[] {
  const stamps = residentStamps(context.db, [activity.id]).get(activity.id) ?? [];
  const handledThrough = handledByAnswer(activity.handledThrough, stamps, answer);
  return handledThrough === activity.handledThrough
    ? []
    : [{ entity: 'activity', id: activity.id, set: { handledThrough } }];
}

function entryEdits(
  context: DeskContext,
  activityId: string,
  entry: NewEntry,
): { readonly id: string; readonly stamp: Hlc; readonly edits: readonly Edit[] } {
  if (entry.kind === 'note' && entry.released) throw new OperationError('invalid-input', { field: 'released' });
  if (entry.body.trim() === '' && entry.files.length === 0)
    throw new OperationError('invalid-input', { field: 'body' });
  const { staffId } = context.identity();
  const author = liveRow(context.db, 'staff', staffId, 'staffId');
  const id = context.newId();
  const attachments = attachmentEdits(context, 'entry', id, entry.files);
  const createdAt = instantText(context.now());
  const stamp = context.clock();
  return {
    id,
    stamp,
    edits: [
      {
        entity: 'entry',
        id,
        set: {
          activityId,
          kind: entry.kind,
          authorKind: 'staff',
          authorId: staffId,
          authorName: author.name,
          body: entry.body,
          createdAt,
          stamp,
          released: entry.released,
          releasedAt: entry.released ? createdAt : null,
        },
      },
      ...attachments,
    ],
  };
}
