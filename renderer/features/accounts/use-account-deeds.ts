import { showDone } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useInvite } from '../../lib/invitation/use-invite.ts';
import { useDeed, useReversible } from '../../lib/queries.ts';
import { accountsTexts } from './accounts-texts.ts';

/** What can be done for accounts; each says what happened and resolves with whether it did. */
export function useAccountDeeds() {
  const t = useTexts(accountsTexts);
  const invitation = useInvite();
  const renewal = useDeed('accounts.renew');
  const enabling = useDeed('accounts.enable');
  const disabling = useReversible({ deed: 'accounts.disable', undo: 'accounts.enable' });
  return {
    running: invitation.running || renewal.running || enabling.running,
    invite: async (personIds: readonly string[]): Promise<boolean> => invitation.invite(personIds),
    renew: async (ids: readonly string[]): Promise<boolean> => {
      const done = (await renewal.run({ ids: [...ids] })) !== null;
      if (done) showDone(t('renewed', { count: ids.length }));
      return done;
    },
    disable: async (ids: readonly string[]): Promise<boolean> =>
      disabling.run(ids, t('disabled', { count: ids.length })),
    enable: async (ids: readonly string[]): Promise<boolean> => (await enabling.run({ ids: [...ids] })) !== null,
  };
}
