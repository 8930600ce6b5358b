import { and, eq, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { sortName } from '../../../shared/features/people/model.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { belongsTo, placesOn } from '../../db/gather/members.ts';
import { accountOfPerson, accountStateAt, personOrder, personTexts } from '../../db/gather/people.ts';
import { among, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';

const { account, person } = entityTables;

/** The instant and the day in Berlin that lists speak of. */
export interface Today {
  readonly now: string;
  readonly day: string;
}

/** A window of the people; property and group mean where somebody belongs today. */
export function listPeople(db: ReadDatabase, input: ParsedInput<'people.list'>, today: Today): Output<'people.list'> {
  const state = accountStateAt(today.now);
  const where = and(
    eq(person.deleted, false),
    input.accountState === undefined ? undefined : sql`${state} = ${input.accountState}`,
    belongsTo(input, today.day),
    searched(input.query, ...personTexts, person.street),
  );
  const sorts = {
    name: personOrder,
    number: [textOrder(person.number)],
    email: [textOrder(person.email)],
    city: [textOrder(person.city)],
    phone: [textOrder(person.phone)],
    accountState: [state],
  };
  const { total, ids } = windowOf(
    db
      .select({ id: person.id })
      .from(person)
      .leftJoin(account, accountOfPerson)
      .where(where)
      .orderBy(...ordered(input.sort, 'name', sorts, person.id)),
    input,
  );
  const rows = db
    .select({
      id: person.id,
      number: person.number,
      email: person.email,
      phone: person.phone,
      mobile: person.mobile,
      city: person.city,
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
      accountState: state,
    })
    .from(person)
    .leftJoin(account, accountOfPerson)
    .where(among(person.id, ids))
    .all();
  const places = placesOn(db, ids, today.day);
  return {
    total,
    rows: inOrder(ids, rows).map(({ title, firstName, lastName, company, ...row }) => ({
      ...row,
      name: sortName({ title, firstName, lastName, company }),
      places: [...(places.get(row.id) ?? [])],
    })),
  };
}

/** What a person's portal account is. */
export function accountStateOf(db: ReadDatabase, personId: string, now: string): Output<'people.get'>['accountState'] {
  const row = db
    .select({ state: accountStateAt(now) })
    .from(person)
    .leftJoin(account, accountOfPerson)
    .where(eq(person.id, personId))
    .get();
  return row?.state ?? 'none';
}

/** Whether another person has this number, whatever its case. */
export function isPersonNumberTaken(db: ReadDatabase, number: string, exceptId: string): boolean {
  const found = db
    .select({ id: person.id })
    .from(person)
    .where(
      and(eq(person.deleted, false), sql`fold(${person.number}) = fold(${number}) and ${person.id} <> ${exceptId}`),
    )
    .get();
  return found !== undefined;
}
