import { v5 } from 'uuid';
import type { Entry } from '../../../../shared/features/activities/model.ts';
import { displayName } from '../../../../shared/features/people/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { nextHlc } from '../../../../shared/sync/clock.ts';
import type { Edit } from '../../../../shared/sync/edit.ts';
import { naturalName } from '../../../../shared/sync/natural-id.ts';
import type { Visitor, VisitorPerson } from '../../access/visitor.ts';
import type { Company, RequestContext } from '../../context.ts';
import { storableText } from '../../sync/storable.ts';
import { claimUploads, findEntry, newestStamp } from './repository.ts';

/** What a resident sends. `entryId` is theirs, so that a repeated request is the same message. */
export interface ResidentMessage {
  readonly activityId: string;
  readonly entryId: string;
  readonly body: string;
  readonly uploadIds: readonly string[];
}

/**
 * Whether the message arrived before. Throws `conflict` where its id belongs to another one: an entry never changes.
 * Call it after `takeTurns`.
 */
export async function arrivedBefore(company: Company, visitor: Visitor, message: ResidentMessage): Promise<boolean> {
  const entry = await findEntry(company, message.entryId);
  if (entry === undefined) return false;
  const same =
    entry.activityId === message.activityId &&
    entry.authorKind === 'resident' &&
    visitor.persons.some(({ person }) => person.id === entry.authorId) &&
    entry.body === storableText(message.body);
  if (!same) throw new OperationError('conflict');
  return true;
}

/** The edits of a resident's message: the entry, released at once, and its files. Takes the uploads. */
export async function messageEdits(
  context: Pick<RequestContext, 'now' | 'newId'>,
  company: Company,
  visitor: Visitor,
  author: VisitorPerson,
  message: ResidentMessage,
): Promise<readonly Edit[]> {
  const now = instantText(context.now());
  const uploads = await claimUploads(
    company,
    visitor.persons.map(({ account }) => account.id),
    message.uploadIds,
    now,
  );
  const content: Omit<Entry, 'id'> = {
    activityId: message.activityId,
    kind: 'message',
    authorKind: 'resident',
    authorId: author.person.id,
    authorName: authorName(author),
    body: message.body,
    createdAt: now,
    // After everything said so far, also where a desk's clock runs ahead: an answer stands below its question, and
    // the desks see that it is newer than what they have handled.
    stamp: nextHlc(await newestStamp(company, message.activityId), context.now()),
    released: true,
    releasedAt: now,
  };
  const attachments = uploads.map(
    (upload, position): Edit => ({
      entity: 'attachment',
      id: context.newId(),
      set: {
        parent: 'entry',
        parentId: message.entryId,
        sha256: upload.sha256,
        fileName: upload.fileName,
        mediaType: upload.mediaType,
        size: upload.size,
        position,
        createdAt: now,
      },
    }),
  );
  return [{ entity: 'entry', id: message.entryId, set: content }, ...attachments];
}

/** Links a person to an activity; the id is the one that a desk would give it. */
export function linkEdit(organisationId: string, activityId: string, personId: string): Edit {
  return {
    entity: 'activityPerson',
    id: v5(naturalName('activityPerson', [activityId, personId]), organisationId),
    set: { activityId, personId, deleted: false },
  };
}

const longestName = 200;

function authorName({ person, account }: VisitorPerson): string {
  const name = displayName(person).trim();
  return (name === '' ? (account.loginEmail ?? account.email ?? '–') : name).slice(0, longestName);
}
