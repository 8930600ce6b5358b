import type { z } from 'zod';
import { listedMemberships, seesDirectory } from '../../../../shared/features/people/access.ts';
import type { neighbour } from '../../../../shared/features/people/contract.ts';
import { displayName, sortName } from '../../../../shared/features/people/model.ts';
import { type GroupKey, groupKeys } from '../../../../shared/features/properties/model.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { enterCompany, readPlace } from '../../access/visitor.ts';
import type { ViewerHandlers } from '../../context.ts';
import { type RegisteredMember, readRegisteredMembers } from './repository.ts';

const german = new Intl.Collator('de', { numeric: true });

export const peopleHandlers: ViewerHandlers<'people'> = {
  'people.directory': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      const place = await readPlace(company, visitor, propertyId);
      if (!seesDirectory(place.memberships, place.setting, visitor.day.today)) throw new OperationError('not-found');
      const members = await readRegisteredMembers(company, propertyId, visitor.day.today);
      return neighbours(members, visitor.day.today);
    }),
};

/** One line per registered person, sorted by name, with what they consented to. */
function neighbours(members: readonly RegisteredMember[], today: string): z.infer<typeof neighbour>[] {
  const listed = members.filter((row) => listedMemberships(row.account, [row.membership], today).length > 0);
  const byPerson = new Map<string, RegisteredMember[]>();
  for (const row of listed) byPerson.set(row.person.id, [...(byPerson.get(row.person.id) ?? []), row]);
  return [...byPerson.values()]
    .flatMap((rows) => {
      const [first] = rows;
      return first === undefined ? [] : [{ first, rows }];
    })
    .sort((a, b) => german.compare(sortName(a.first.person), sortName(b.first.person)))
    .map(({ first: { account, person }, rows }) => ({
      accountId: account.id,
      name: displayName(person),
      groups: groupKeys.filter((group: GroupKey) => rows.some((row) => row.membership.group === group)),
      units: [...new Set(rows.flatMap((row) => row.unitNumber ?? []))].sort(german.compare),
      photo: null,
      email: account.showEmail ? (account.loginEmail ?? person.email) : null,
      phone: account.showPhone ? (person.phone ?? person.mobile) : null,
    }));
}
