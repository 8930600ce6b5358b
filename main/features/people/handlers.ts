import { eq } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { displayName, type Person } from '../../../shared/features/people/model.ts';
import { berlinDate, instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { deletedWith, deletionEdits, liveIds, rowsToRestore } from '../../db/gather/deletion.ts';
import { trimmed } from '../../db/input.ts';
import { among } from '../../db/list.ts';
import { liveRow, liveRows } from '../../db/lookup.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { listMemberships, restoreMemberships, saveMembership } from './memberships.ts';
import { accountStateOf, isPersonNumberTaken, listPeople } from './repository.ts';

const { account, membership } = entityTables;

/** More memberships than anybody has: a caretaker may look after every house. */
const allMemberships = { query: '', sort: '-from', offset: 0, limit: 100_000 } as const;

export const peopleHandlers: DeskHandlers<'people'> = {
  'people.list': (context, input) =>
    listPeople(context.db, input, { now: instantText(context.now()), day: berlinDate(context.now()) }),

  'people.get': (context, { id }) => ({
    person: liveRow(context.db, 'person', id),
    memberships: listMemberships(context.db, { ...allMemberships, personId: id }, berlinDate(context.now())).rows,
    accountState: accountStateOf(context.db, id, instantText(context.now())),
  }),

  'people.save': (context, input) => savePerson(context, input),

  'people.remove': (context, { ids }) => {
    removePeople(context, ids);
    return {};
  },

  'people.restore': (context, { ids }) => {
    restorePeople(context, ids);
    return {};
  },

  'people.listMemberships': (context, input) => listMemberships(context.db, input, berlinDate(context.now())),

  'people.saveMembership': (context, input) => saveMembership(context, input),

  'people.removeMemberships': (context, { ids }) => {
    liveRows(context.db, 'membership', ids);
    context.write(deletionEdits('membership', ids, true));
    return {};
  },

  'people.restoreMemberships': (context, { ids }) => {
    restoreMemberships(context, ids);
    return {};
  },
};

const emptyPerson: Omit<Person, 'id'> = {
  number: null,
  salutation: null,
  title: null,
  firstName: null,
  lastName: null,
  company: null,
  street: null,
  postalCode: null,
  city: null,
  email: null,
  phone: null,
  mobile: null,
};

function savePerson(context: DeskContext, { id, fields }: ParsedInput<'people.save'>): Output<'people.save'> {
  const personId = id ?? context.newId();
  const given = trimmed(fields);
  const current = id === undefined ? emptyPerson : liveRow(context.db, 'person', id);
  const next = { ...current, ...given };
  if (displayName({ ...next, title: null }) === '') throw new OperationError('invalid-input', { field: 'lastName' });
  if (given.number && isPersonNumberTaken(context.db, given.number, personId)) {
    throw new OperationError('already-exists', { field: 'number', number: given.number });
  }
  context.write([{ entity: 'person', id: personId, set: id === undefined ? next : given }]);
  return { id: personId };
}

/**
 * Deletes people with their memberships and portal account. Their messages stay, and their names in them: correspondence
 * has to be kept.
 */
function removePeople(context: DeskContext, ids: readonly string[]): void {
  const { db } = context;
  liveRows(db, 'person', ids);
  context.write([
    ...deletionEdits('person', ids, true),
    ...deletionEdits('membership', liveIds(db, 'membership', among(membership.personId, ids)), true),
    ...deletionEdits('account', liveIds(db, 'account', among(account.personId, ids)), true),
  ]);
}

/**
 * Restores people with what was deleted with them.
 * @throws OperationError `already-exists` where another person has the number by now
 */
function restorePeople(context: DeskContext, ids: readonly string[]): void {
  const { db } = context;
  const edits = rowsToRestore(db, 'person', ids).flatMap((row): Edit[] => {
    if (row.number !== null && isPersonNumberTaken(db, row.number, row.id)) {
      throw new OperationError('already-exists', { field: 'number', number: row.number });
    }
    return [
      ...deletionEdits('person', [row.id], false),
      ...deletionEdits('membership', deletedWith(db, 'membership', eq(membership.personId, row.id), row), false),
      ...deletionEdits('account', deletedWith(db, 'account', eq(account.personId, row.id), row), false),
    ];
  });
  context.write(edits);
}
