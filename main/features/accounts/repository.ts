import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { type Account, accountState } from '../../../shared/features/accounts/model.ts';
import { sortName } from '../../../shared/features/people/model.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { belongsTo, placesOn } from '../../db/gather/members.ts';
import { pendingAmong } from '../../db/gather/pending.ts';
import { accountOfPerson, accountStateAt, personOrder, personTexts } from '../../db/gather/people.ts';
import { among, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';
import { modelColumns } from '../../db/lookup.ts';

const { account, person } = entityTables;

type ListInput = ParsedInput<'accounts.list'>;
type List = Output<'accounts.list'>;

/** The instant and the day in Berlin that lists speak of. */
interface Today {
  readonly now: string;
  readonly day: string;
}

const nameColumns = {
  title: person.title,
  firstName: person.firstName,
  lastName: person.lastName,
  company: person.company,
};

/** A window of the accounts and invitations, by name unless told otherwise; a property means who belongs there today. */
export function listAccounts(db: ReadDatabase, input: ListInput, today: Today): List {
  const state = accountStateAt(today.now);
  const where = and(
    eq(account.deleted, false),
    eq(person.deleted, false),
    input.state === undefined ? undefined : sql`${state} = ${input.state}`,
    belongsTo(input, today.day),
    searched(input.query, ...personTexts, account.email, account.loginEmail),
  );
  const sorts = {
    name: personOrder,
    email: [textOrder(account.email)],
    state: [state],
    channel: [account.channel],
    invitedAt: [account.invitedAt],
    expiresAt: [account.expiresAt],
    registeredAt: [account.registeredAt],
    lastSeenAt: [account.lastSeenAt],
  };
  const ofPerson = eq(person.id, account.personId);
  const { total, ids } = windowOf(
    db
      .select({ id: account.id })
      .from(account)
      .innerJoin(person, ofPerson)
      .where(where)
      .orderBy(...ordered(input.sort, 'name', sorts, account.id)),
    input,
  );
  const rows = db
    .select({ id: account.id, account: modelColumns(account), name: nameColumns })
    .from(account)
    .innerJoin(person, ofPerson)
    .where(among(account.id, ids))
    .all();
  const pending = pendingAmong(db, 'account', ids);
  const places = placesOn(
    db,
    rows.map((row) => row.account.personId),
    today.day,
  );
  return {
    total,
    rows: inOrder(ids, rows).map((row) => ({
      ...row.account,
      state: accountState(row.account, today.now),
      personName: sortName(row.name),
      places: [...(places.get(row.account.personId) ?? [])],
      pending: pending.has(row.account.id),
    })),
  };
}

/**
 * A window of the people without an account, as the rows that an invitation would make now.
 * @param invitation the row for a person, not written
 */
export function listWithoutAccount(
  db: ReadDatabase,
  input: ListInput,
  today: Today,
  invitation: (personId: string, email: string | null) => Account,
): List {
  const where = and(
    eq(person.deleted, false),
    isNull(account.id),
    belongsTo(input, today.day),
    searched(input.query, ...personTexts),
  );
  const sorts = { name: personOrder, email: [textOrder(person.email)] };
  // The other columns of accounts are all alike here.
  const sort = /^-?(name|email)$/.test(input.sort) ? input.sort : '';
  const { total, ids } = windowOf(
    db
      .select({ id: person.id })
      .from(person)
      .leftJoin(account, accountOfPerson)
      .where(where)
      .orderBy(...ordered(sort, 'name', sorts, person.id)),
    input,
  );
  const rows = db
    .select({ id: person.id, email: person.email, name: nameColumns })
    .from(person)
    .where(among(person.id, ids))
    .all();
  const places = placesOn(db, ids, today.day);
  return {
    total,
    rows: inOrder(ids, rows).map((row) => ({
      ...invitation(row.id, row.email),
      state: 'none',
      personName: sortName(row.name),
      places: [...(places.get(row.id) ?? [])],
      pending: false,
    })),
  };
}
