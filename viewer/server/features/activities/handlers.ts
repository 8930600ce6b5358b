import { isTopicOffered, mayWrite } from '../../../../shared/features/activities/access.ts';
import { reopenedStatus } from '../../../../shared/features/activities/rules.ts';
import { isCurrent } from '../../../../shared/features/people/access.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { type Conversation, isOwn, readConversation, readSummaries } from '../../access/conversations.ts';
import { readAvailable, residentFile } from '../../access/files.ts';
import { markSeen } from '../../access/seen.ts';
import { enterCompany, type Place, readPlace, type Visitor, type VisitorPerson } from '../../access/visitor.ts';
import type { Company, RequestContext, ViewerHandlers } from '../../context.ts';
import { arrivedBefore, linkEdit, messageEdits } from './message.ts';
import { findNumber, isUnitOf, readLabels, readStatuses, readTopics, takeTurns } from './repository.ts';
import { residentRow } from './rows.ts';

export const activitiesHandlers: ViewerHandlers<'activities'> = {
  'activities.topics': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      const place = await readPlace(company, visitor, propertyId);
      if (writersAt(place, visitor).length === 0) throw new OperationError('not-found');
      const topics = await readTopics(company);
      return topics
        .filter((topic) => isTopicOffered(topic, place.setting))
        .map(({ id, name, icon }) => ({ id, name, icon }));
    }),

  'activities.mine': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      const place = await readPlace(company, visitor, propertyId);
      const summaries = await readSummaries(company, visitor);
      const here = summaries.filter(({ activity }) => activity.propertyId === propertyId);
      if (place.standing === 'none' && here.length === 0) throw new OperationError('not-found');
      // What is about no property in particular shows at every one.
      const shown = summaries.filter(
        ({ activity }) => activity.propertyId === null || here.some((row) => row.activity === activity),
      );
      const labels = await readLabels(
        company,
        shown.flatMap(({ activity }) => activity.unitId ?? []),
      );
      return {
        activities: shown.map(({ activity, last, unread }) => residentRow(labels, activity, last, unread)),
        mayWrite: writersAt(place, visitor).length > 0,
      };
    }),

  'activities.conversation': (context, { organisationId, activityId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      const conversation = await openConversation(company, visitor, activityId);
      const { activity, entries, writers } = conversation;
      const labels = await readLabels(company, activity.unitId === null ? [] : [activity.unitId]);
      const files = await readAvailable(
        company,
        'entry',
        entries.map((entry) => entry.id),
      );
      const [summary] = await readSummaries(company, visitor, activityId);
      const last = entries.at(-1) ?? { body: '', createdAt: activity.createdAt };
      return {
        activity: { ...residentRow(labels, activity, last, summary?.unread ?? false), propertyId: activity.propertyId },
        entries: entries.map((entry) => ({
          id: entry.id,
          mine: isOwn(visitor, entry),
          authorKind: entry.authorKind,
          authorName: entry.authorName,
          kind: entry.kind,
          body: entry.body,
          createdAt: entry.createdAt,
          files: files(entry.id).map((file) => residentFile(company, file)),
        })),
        mayReply: writers.length > 0,
      };
    }),

  'activities.open': (context, input) =>
    enterCompany(context, input.organisationId, async (company, visitor) => {
      const place = await readPlace(company, visitor, input.propertyId);
      const author = await chooseAuthor(company, visitor, place, input.unitId);
      await takeTurns(company, [input.activityId, input.entryId]);
      if (!(await arrivedBefore(company, visitor, input))) {
        if ((await findNumber(company, input.activityId)) !== undefined) throw new OperationError('conflict');
        await writeActivity(context, company, visitor, place, author, input);
      }
      const number = (await findNumber(company, input.activityId))?.number ?? null;
      if (number === null) throw new Error('The commit gave no number');
      return { activityId: input.activityId, number };
    }),

  'activities.reply': (context, input) =>
    enterCompany(context, input.organisationId, async (company, visitor) => {
      await takeTurns(company, [input.activityId, input.entryId]);
      const { writers } = await openConversation(company, visitor, input.activityId);
      const author = visitor.persons.find(({ person }) => writers.includes(person.id));
      if (author === undefined) throw new OperationError('not-found');
      if (!(await arrivedBefore(company, visitor, input))) {
        const edits = await messageEdits(context, company, visitor, author, input);
        await company.write({ kind: 'account', accountId: author.account.id }, edits);
      }
      return { id: input.entryId };
    }),

  'activities.seen': (context, { organisationId, activityId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      await openConversation(company, visitor, activityId);
      await markSeen(company, visitor, `activity:${activityId}`);
      return {};
    }),
};

async function openConversation(company: Company, visitor: Visitor, activityId: string): Promise<Conversation> {
  const conversation = await readConversation(company, visitor, activityId);
  if (conversation === null) throw new OperationError('not-found');
  return conversation;
}

/** Those of the caller's persons that may open an activity at the place. */
function writersAt(place: Place, visitor: Visitor): readonly VisitorPerson[] {
  return visitor.persons.filter(({ person }) => {
    const memberships = place.members.find((member) => member.personId === person.id)?.memberships ?? [];
    return mayWrite(place.property, place.setting, memberships, visitor.day.today);
  });
}

/** Who of the caller's persons writes: whoever belongs to the unit. A unit that is not theirs is not there. */
async function chooseAuthor(
  company: Company,
  visitor: Visitor,
  place: Place,
  unitId: string | null,
): Promise<VisitorPerson> {
  const writers = writersAt(place, visitor);
  const author = unitId === null ? writers[0] : writers.find((writer) => belongsTo(writer, place, unitId, visitor));
  if (author === undefined) throw new OperationError('not-found');
  if (unitId !== null && !(await isUnitOf(company, unitId, place.property.id))) throw new OperationError('not-found');
  return author;
}

function belongsTo({ memberships }: VisitorPerson, place: Place, unitId: string, visitor: Visitor): boolean {
  return memberships.some(
    (membership) =>
      membership.propertyId === place.property.id &&
      membership.unitId === unitId &&
      isCurrent(membership, visitor.day.today),
  );
}

interface NewActivity {
  readonly activityId: string;
  readonly entryId: string;
  readonly body: string;
  readonly uploadIds: readonly string[];
  readonly propertyId: string;
  readonly unitId: string | null;
  readonly topicId: string | null;
  readonly subject: string;
}

async function writeActivity(
  context: RequestContext,
  company: Company,
  visitor: Visitor,
  place: Place,
  author: VisitorPerson,
  input: NewActivity,
): Promise<void> {
  if (input.topicId !== null) {
    const topic = (await readTopics(company)).find((row) => row.id === input.topicId);
    if (topic === undefined || !isTopicOffered(topic, place.setting)) throw new OperationError('not-found');
  }
  const status = reopenedStatus(await readStatuses(company));
  if (status === undefined) throw new OperationError('not-possible-now');
  await company.write({ kind: 'account', accountId: author.account.id }, [
    {
      entity: 'activity',
      id: input.activityId,
      set: {
        number: null,
        subject: input.subject,
        propertyId: input.propertyId,
        unitId: input.unitId,
        topicId: input.topicId,
        statusId: status.id,
        statusSeen: null,
        assigneeId: null,
        dueOn: null,
        handledThrough: null,
        openedBy: 'resident',
        createdAt: instantText(context.now()),
      },
    },
    linkEdit(company.organisationId, input.activityId, author.person.id),
    ...(await messageEdits(context, company, visitor, author, input)),
  ]);
}
