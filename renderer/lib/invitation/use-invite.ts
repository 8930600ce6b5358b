import { showDone, showInfo } from '../../../shared/ui/notify.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../queries.ts';

const texts = defineTexts({
  de: {
    invited_one: 'Eine Person ist eingeladen. Die E-Mail geht mit dem nächsten Abgleich hinaus.',
    invited_other: '{{count}} Personen sind eingeladen. Die E-Mails gehen mit dem nächsten Abgleich hinaus.',
    withoutEmail: 'Ohne E-Mail-Adresse: {{names}}',
    already: 'Schon eingeladen oder registriert: {{names}}',
    noneInvited: 'Niemand wurde eingeladen',
  },
  en: {
    invited_one: 'One person is invited. The e-mail goes out with the next sync.',
    invited_other: '{{count}} people are invited. The e-mails go out with the next sync.',
    withoutEmail: 'Without an e-mail address: {{names}}',
    already: 'Already invited or registered: {{names}}',
    noneInvited: 'Nobody was invited',
  },
});

/** Invites persons to the portal by e-mail, says who was invited and who could not be, and resolves with whether anybody was. */
export function useInvite() {
  const t = useTexts(texts);
  const { run, running } = useDeed('accounts.invite');
  const invite = async (personIds: readonly string[]): Promise<boolean> => {
    const answer = await run({ personIds: [...personIds], channel: 'mail' });
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
