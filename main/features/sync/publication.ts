import { and, type Column, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Output } from '../../../shared/contract/registry.ts';
import type { Account } from '../../../shared/features/accounts/model.ts';
import { entryReaders } from '../../../shared/features/activities/access.ts';
import { documentReaders } from '../../../shared/features/documents/access.ts';
import { noticeReaders } from '../../../shared/features/notices/access.ts';
import type { AccessDay } from '../../../shared/features/people/access.ts';
import { displayName } from '../../../shared/features/people/model.ts';
import type { Property } from '../../../shared/features/properties/model.ts';
import type { EntityName } from '../../../shared/sync/entities.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { filesOf, type LocalFiles } from '../../db/gather/files.ts';
import { placesOn } from '../../db/gather/members.ts';
import { modelColumns } from '../../db/lookup.ts';
import { pendingRowTable } from '../../db/schema.ts';
import { linkedPeople, membersAt, membershipsOf, registeredAmong } from './audience.ts';

const { account, activity, attachment, document, entry, notice, person, property, unit } = entityTables;

type Item = Output<'sync.publication'>['items'][number];

/** An item with the people who will see it, and whether they are told by mail. */
interface Release {
  readonly item: Omit<Item, 'audience'>;
  readonly readers: readonly string[];
  readonly tells: boolean;
}

/**
 * What the next sync releases: queued documents and notices, changes of released ones, released entries, invitations. The
 * audience counts everybody who will see it; mails, those of them who have an account, and the invitations by mail.
 * People may have switched mails off; that is known at the viewer alone.
 */
export function readPublication(db: ReadDatabase, files: LocalFiles, day: AccessDay): Output<'sync.publication'> {
  const releases = [
    ...documentReleases(db, files, day),
    ...noticeReleases(db, files, day),
    ...entryReleases(db, files, day),
  ];
  const invitations = invitationItems(db, day.today);
  const registered = registeredAmong(db, [...new Set(releases.flatMap((release) => release.readers))]);
  const told = releases
    .filter((release) => release.tells)
    .map((release) => release.readers.filter((id) => registered.has(id)).length);
  return {
    items: [
      ...releases.map(({ item, readers }) => ({ ...item, audience: readers.length })),
      ...invitations.map(({ item }) => item),
    ],
    mails: told.reduce((sum, count) => sum + count, 0) + invitations.filter(({ channel }) => channel === 'mail').length,
  };
}

/** Whether the row has a change in the queue. */
function isPending(entity: EntityName, id: Column): SQL {
  return sql`${id} in (select ${pendingRowTable.entityId} from ${pendingRowTable}
    where ${pendingRowTable.entity} = ${entity})`;
}

/** Whether a file of the document or notice has a change in the queue. */
function hasPendingFile(parentId: Column): SQL {
  return sql`${parentId} in (select ${attachment.parentId} from ${pendingRowTable}
    join ${attachment} on ${attachment.id} = ${pendingRowTable.entityId}
    where ${pendingRowTable.entity} = 'attachment')`;
}

function documentReleases(db: ReadDatabase, files: LocalFiles, day: AccessDay): readonly Release[] {
  const rows = db
    .select({ document: modelColumns(document), property: modelColumns(property) })
    .from(document)
    .innerJoin(property, and(eq(property.id, document.propertyId), eq(property.deleted, false)))
    .where(
      and(
        eq(document.deleted, false),
        or(
          eq(document.state, 'queued'),
          and(eq(document.state, 'published'), or(isPending('document', document.id), hasPendingFile(document.id))),
        ),
      ),
    )
    .orderBy(document.createdAt, document.id)
    .all();
  const versions = filesOf(
    db,
    files,
    'document',
    rows.map((row) => row.document.id),
  );
  const members = membersAt(db, [...new Set(rows.map((row) => row.property.id))]);
  return rows.map((row) => ({
    item: {
      kind: 'document',
      id: row.document.id,
      title: row.document.title,
      place: placeOf(row.property),
      waitsForFile: versions.get(row.document.id)?.[0]?.uploadPending ?? false,
    },
    readers: documentReaders(
      { ...row.document, state: 'published' },
      row.property,
      members.get(row.property.id) ?? [],
      day,
    ),
    tells: row.document.state === 'queued',
  }));
}

function noticeReleases(db: ReadDatabase, files: LocalFiles, { today }: AccessDay): readonly Release[] {
  const rows = db
    .select({ notice: modelColumns(notice), property: modelColumns(property) })
    .from(notice)
    .innerJoin(property, and(eq(property.id, notice.propertyId), eq(property.deleted, false)))
    .where(
      and(
        eq(notice.deleted, false),
        or(
          eq(notice.state, 'queued'),
          and(eq(notice.state, 'published'), or(isPending('notice', notice.id), hasPendingFile(notice.id))),
        ),
      ),
    )
    .orderBy(notice.createdAt, notice.id)
    .all();
  const attached = filesOf(
    db,
    files,
    'notice',
    rows.map((row) => row.notice.id),
  );
  const members = membersAt(db, [...new Set(rows.map((row) => row.property.id))]);
  return rows.map((row) => {
    const { visibleFrom } = row.notice;
    const firstDay = visibleFrom !== null && visibleFrom > today ? visibleFrom : today;
    return {
      item: {
        kind: 'notice',
        id: row.notice.id,
        title: row.notice.title,
        place: placeOf(row.property),
        waitsForFile: (attached.get(row.notice.id) ?? []).some((file) => file.uploadPending),
      },
      readers: noticeReaders(
        { ...row.notice, state: 'published' },
        row.property,
        members.get(row.property.id) ?? [],
        firstDay,
      ),
      tells: row.notice.state === 'queued',
    };
  });
}

function entryReleases(db: ReadDatabase, files: LocalFiles, day: AccessDay): readonly Release[] {
  const rows = db
    .select({
      entry: modelColumns(entry),
      number: activity.number,
      activityId: activity.id,
      subject: activity.subject,
      property: modelColumns(property),
      unitNumber: unit.number,
    })
    .from(entry)
    .innerJoin(activity, and(eq(activity.id, entry.activityId), eq(activity.deleted, false)))
    .leftJoin(property, eq(property.id, activity.propertyId))
    .leftJoin(unit, eq(unit.id, activity.unitId))
    .where(
      and(
        eq(entry.deleted, false),
        eq(entry.released, true),
        eq(entry.authorKind, 'staff'),
        inArray(entry.kind, ['message', 'call', 'letter']),
        isPending('entry', entry.id),
      ),
    )
    .orderBy(entry.stamp, entry.id)
    .all();
  const attached = filesOf(
    db,
    files,
    'entry',
    rows.map((row) => row.entry.id),
  );
  const links = linkedPeople(
    db,
    rows.map((row) => row.activityId),
  );
  const spans = membershipsOf(db, [...new Set([...links.values()].flat())]);
  return rows.map((row) => {
    const people = (links.get(row.activityId) ?? []).map((personId) => ({
      personId,
      linked: true,
      memberships: (spans.get(personId) ?? []).filter(
        (span) => row.property === null || span.propertyId === row.property.id,
      ),
    }));
    // A provisional activity has its number by the time anybody reads.
    const numbered = { number: row.number ?? 1 };
    return {
      item: {
        kind: 'entry',
        id: row.entry.id,
        title: row.subject,
        place: row.property === null ? '' : placeOf(row.property, row.unitNumber),
        waitsForFile: (attached.get(row.entry.id) ?? []).some((file) => file.uploadPending),
      },
      readers: entryReaders(row.entry, numbered, row.property, people, day),
      tells: true,
    };
  });
}

function invitationItems(
  db: ReadDatabase,
  today: string,
): readonly { readonly item: Item; readonly channel: Account['channel'] }[] {
  const rows = db
    .select({
      id: account.id,
      channel: account.channel,
      personId: person.id,
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
    })
    .from(account)
    .innerJoin(person, and(eq(person.id, account.personId), eq(person.deleted, false)))
    .where(
      and(
        eq(account.deleted, false),
        sql`${account.disabledAt} is null and ${account.registeredAt} is null`,
        sql`(${account.invitationSentAt} is null or ${account.invitationSentAt} < ${account.invitedAt})`,
        isPending('account', account.id),
      ),
    )
    .orderBy(account.invitedAt, account.id)
    .all();
  const places = placesOn(
    db,
    rows.map((row) => row.personId),
    today,
  );
  return rows.map((row) => {
    const [place] = places.get(row.personId) ?? [];
    return {
      item: {
        kind: 'invitation',
        id: row.id,
        title: displayName(row),
        place: place === undefined ? '' : [place.propertyNumber, place.unitNumber].filter(Boolean).join(' · '),
        audience: 1,
        waitsForFile: false,
      },
      channel: row.channel,
    };
  });
}

function placeOf(at: Pick<Property, 'number' | 'name'>, unitNumber: string | null = null): string {
  return [`${at.number} ${at.name}`, unitNumber].filter(Boolean).join(' · ');
}
