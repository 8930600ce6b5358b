import { showDone, showInfo } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../../lib/queries.ts';
import { peopleTexts } from './people-texts.ts';

/** Invites persons to the portal and says who was invited and who could not be. */
export function useInvite() {
  const t = useTexts(peopleTexts);
  const { run, running } = useDeed('accounts.invite');
  const invite = async (personIds: readonly string[], channel: 'mail' | 'letter'): Promise<boolean> => {
    const answer = await run({ personIds: [...personIds], channel });
    if (answer === null) return false;
    const rest = [
      answer.withoutEmail.length > 0 ? t('withoutEmail', { names: answer.withoutEmail.join(', ') }) : '',
      answer.alreadyInvited.length > 0 ? t('already', { names: answer.alreadyInvited.join(', ') }) : '',
    ].filter((sentence) => sentence !== '');
    if (answer.invited > 0) showDone(t('invited', { count: answer.invited }));
    if (rest.length > 0) showInfo(rest.join(' · '), answer.invited === 0 ? t('noneInvited') : undefined);
    return answer.invited > 0;
  };
  return { invite, running };
}
