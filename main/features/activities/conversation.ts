import { and, asc, eq } from 'drizzle-orm';
import type { Output } from '../../../shared/contract/registry.ts';
import { opensPortal } from '../../../shared/features/accounts/access.ts';
import { isNew } from '../../../shared/features/activities/rules.ts';
import { displayName } from '../../../shared/features/people/model.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { fileRowOf, filesOf, type LocalFiles } from '../../db/gather/files.ts';
import { pendingAmong } from '../../db/gather/pending.ts';
import { personNames, personOrder } from '../../db/gather/people.ts';
import { among, grouped } from '../../db/list.ts';
import { liveRow, modelColumns } from '../../db/lookup.ts';

const { account, activityPerson, delivery, entry, person } = entityTables;

/**
 * An activity with its conversation, oldest entry first, and the linked persons.
 * @throws OperationError `not-found`
 */
export function readConversation(db: ReadDatabase, files: LocalFiles, id: string): Output<'activities.get'> {
  const activity = liveRow(db, 'activity', id);
  const entries = db
    .select(modelColumns(entry))
    .from(entry)
    .where(and(eq(entry.activityId, id), eq(entry.deleted, false)))
    .orderBy(asc(entry.stamp), asc(entry.id))
    .all();
  const ids = entries.map((one) => one.id);
  const attached = filesOf(db, files, 'entry', ids);
  const pending = pendingAmong(db, 'entry', ids);
  const deliveries = deliveriesOf(db, ids);
  const newestResident = entries.filter((one) => one.authorKind === 'resident').at(-1)?.stamp ?? null;
  return {
    activity,
    provisional: activity.number === null,
    globe: activity.openedBy === 'resident' || entries.some((one) => one.released || one.authorKind === 'resident'),
    isNew: isNew(activity.handledThrough, newestResident),
    people: linkedPeople(db, id),
    entries: entries.map((one) => ({
      ...one,
      files: (attached.get(one.id) ?? []).map(fileRowOf),
      pending: pending.has(one.id),
      deliveries: [...(deliveries.get(one.id) ?? [])],
    })),
  };
}

function linkedPeople(db: ReadDatabase, activityId: string): Output<'activities.get'>['people'] {
  const rows = db
    .select({
      personId: person.id,
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
      email: person.email,
      registeredAt: account.registeredAt,
      disabledAt: account.disabledAt,
    })
    .from(activityPerson)
    .innerJoin(person, eq(person.id, activityPerson.personId))
    .leftJoin(account, and(eq(account.personId, person.id), eq(account.deleted, false)))
    .where(and(eq(activityPerson.activityId, activityId), eq(activityPerson.deleted, false)))
    .orderBy(...personOrder.map((expression) => asc(expression)), asc(person.id))
    .all();
  return rows.map((row) => ({
    personId: row.personId,
    name: displayName(row),
    registered: opensPortal(row),
    email: row.email,
  }));
}

function deliveriesOf(db: ReadDatabase, entryIds: readonly string[]) {
  const rows = db
    .select({
      subjectId: delivery.subjectId,
      personId: delivery.personId,
      channel: delivery.channel,
      state: delivery.state,
      at: delivery.at,
    })
    .from(delivery)
    .where(and(among(delivery.subjectId, entryIds), eq(delivery.kind, 'entry'), eq(delivery.deleted, false)))
    .orderBy(asc(delivery.at), asc(delivery.id))
    .all();
  const names = personNames(
    db,
    rows.map((row) => row.personId),
  );
  const groups = grouped(rows, (row) => row.subjectId);
  return new Map(
    [...groups].map(([id, list]) => [
      id,
      list.map(({ subjectId: _subjectId, ...row }) => ({
        ...row,
        personName: names.get(row.personId)?.display ?? '',
      })),
    ]),
  );
}
