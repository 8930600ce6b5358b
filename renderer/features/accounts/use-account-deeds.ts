import { showDone, showInfo } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed, useReversible } from '../../lib/queries.ts';
import { accountsTexts } from './accounts-texts.ts';

/** What can be done for accounts; each says what happened and resolves with whether it did. */
export function useAccountDeeds() {
  const t = useTexts(accountsTexts);
  const invitation = useDeed('accounts.invite');
  const renewal = useDeed('accounts.renew');
  const enabling = useDeed('accounts.enable');
  const disabling = useReversible({ deed: 'accounts.disable', undo: 'accounts.enable' });
  return {
    running: invitation.running || renewal.running || enabling.running,
    invite: async (personIds: readonly string[]): Promise<boolean> => {
      const answer = await invitation.run({ personIds: [...personIds], channel: 'mail' });
      if (answer === null) return false;
      const rest = [
        answer.withoutEmail.length > 0 ? t('withoutEmail', { names: answer.withoutEmail.join(', ') }) : '',
        answer.alreadyInvited.length > 0 ? t('already', { names: answer.alreadyInvited.join(', ') }) : '',
      ].filter((sentence) => sentence !== '');
      if (answer.invited > 0) showDone(t('invited', { count: answer.invited }));
      if (rest.length > 0) showInfo(rest.join(' · '), answer.invited === 0 ? t('noneInvited') : undefined);
      return answer.invited > 0;
    },
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
