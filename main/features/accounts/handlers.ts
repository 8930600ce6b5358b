import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { type Account, invitationDays } from '../../../shared/features/accounts/model.ts';
import { sortName } from '../../../shared/features/people/model.ts';
import { berlinDate, instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { liveRows, storedRows } from '../../db/lookup.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { listAccounts, listWithoutAccount } from './repository.ts';

const dayMillis = 24 * 60 * 60 * 1000;

export const accountsHandlers: DeskHandlers<'accounts'> = {
  'accounts.list': (context, input) => {
    const today = { now: instantText(context.now()), day: berlinDate(context.now()) };
    if (input.state !== 'none') return listAccounts(context.db, input, today);
    return listWithoutAccount(context.db, input, today, (personId, email) => ({
      // There is no account to name: the row is the person's, and `invite` takes persons.
      id: personId,
      ...newAccount(context, personId, email, email === null ? 'letter' : 'mail'),
    }));
  },

  'accounts.invite': (context, input) => invite(context, input),

  'accounts.renew': (context, { ids }) => {
    renew(context, ids);
    return {};
  },

  'accounts.disable': (context, { ids }) => {
    const disabledAt = instantText(context.now());
    const open = liveRows(context.db, 'account', ids).filter((account) => account.disabledAt === null);
    context.write(open.map(({ id }): Edit => ({ entity: 'account', id, set: { disabledAt } })));
    return {};
  },

  'accounts.enable': (context, { ids }) => {
    const rows = liveRows(context.db, 'account', ids);
    context.write(rows.map(({ id }): Edit => ({ entity: 'account', id, set: { disabledAt: null } })));
    return {};
  },
};

function validity(context: DeskContext): Pick<Account, 'invitedAt' | 'expiresAt'> {
  const now = context.now();
  return { invitedAt: instantText(now), expiresAt: instantText(now + invitationDays * dayMillis) };
}

function newAccount(
  context: DeskContext,
  personId: string,
  email: string | null,
  channel: Account['channel'],
): Omit<Account, 'id'> {
  return {
    personId,
    email,
    channel,
    ...validity(context),
    disabledAt: null,
    invitationSentAt: null,
    registeredAt: null,
    lastSeenAt: null,
    loginEmail: null,
    // Tenants are hidden until they opt in; contact data always are.
    showInDirectory: false,
    showPhone: false,
    showEmail: false,
    language: 'de',
    problem: null,
  };
}

/**
 * Invites people, and again those who have not registered yet: a new link, the old one ends. Whoever has registered keeps
 * their account as it is, disabled ones too (`accounts.enable`).
 */
function invite(
  context: DeskContext,
  { personIds, channel }: ParsedInput<'accounts.invite'>,
): Output<'accounts.invite'> {
  const people = liveRows(context.db, 'person', personIds, 'personIds');
  const accountIds = people.map((person) => context.naturalId('account', person.id));
  const accounts = new Map(storedRows(context.db, 'account', accountIds).map((row) => [row.personId, row]));
  const edits: Edit[] = [];
  const withoutEmail: string[] = [];
  const alreadyInvited: string[] = [];
  for (const [index, person] of people.entries()) {
    const id = accountIds[index] ?? '';
    const known = accounts.get(person.id);
    if (known !== undefined && !known.deleted && known.registeredAt !== null) {
      alreadyInvited.push(sortName(person));
    } else if (channel === 'mail' && person.email === null) {
      withoutEmail.push(sortName(person));
    } else if (known === undefined) {
      edits.push({ entity: 'account', id, set: newAccount(context, person.id, person.email, channel) });
    } else {
      const again = { email: person.email, channel, ...validity(context), disabledAt: null, deleted: false };
      edits.push({ entity: 'account', id, set: again });
    }
  }
  context.write(edits);
  return { invited: edits.length, withoutEmail, alreadyInvited };
}

/**
 * Renews invitations with the person's present e-mail address. Accounts that are registered or taken back have none to
 * renew and are left as they are.
 * @throws OperationError `not-possible-now` where none is left; `invalid-input` for a mail to somebody without an address
 */
function renew(context: DeskContext, ids: readonly string[]): void {
  const open = liveRows(context.db, 'account', ids).filter(
    (account) => account.registeredAt === null && account.disabledAt === null,
  );
  if (open.length === 0) throw new OperationError('not-possible-now', { field: 'ids' });
  const people = liveRows(
    context.db,
    'person',
    open.map((account) => account.personId),
    'personId',
  );
  const emails = new Map(people.map((person) => [person.id, person.email]));
  context.write(
    open.map(({ id, personId, channel }): Edit => {
      const email = emails.get(personId) ?? null;
      if (channel === 'mail' && email === null) throw new OperationError('invalid-input', { field: 'email' });
      return { entity: 'account', id, set: { email, channel, ...validity(context) } };
    }),
  );
}
