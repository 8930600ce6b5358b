import type { Account } from './model.ts';

/** Whether the account lets its login into the company: registered and not taken back. */
export function opensPortal(account: Pick<Account, 'registeredAt' | 'disabledAt'>): boolean {
  return account.registeredAt !== null && account.disabledAt === null;
}
