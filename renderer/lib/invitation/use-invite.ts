import { showDone, showInfo } from '../../../shared/ui/notify.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../queries.ts';

const texts = defineTexts({
  de: {
    mail_one: 'Eine Person ist eingeladen. Die E-Mail geht mit dem nächsten Abgleich hinaus.',
    mail_other: '{{count}} Personen sind eingeladen. Die E-Mails gehen mit dem nächsten Abgleich hinaus.',
    letter_one: '{{count}} Einladung steht bereit und geht mit dem nächsten Abgleich hinaus.',
    letter_other: '{{count}} Einladungen stehen bereit und gehen mit dem nächsten Abgleich hinaus.',
    withoutEmail: 'Ohne E-Mail-Adresse: {{names}}',
    already: 'Schon eingeladen oder registriert: {{names}}',
    noneInvited: 'Niemand wurde eingeladen',
  },
  en: {
    mail_one: 'One person is invited. The e-mail goes out with the next sync.',
    mail_other: '{{count}} people are invited. The e-mails go out with the next sync.',
    letter_one: '{{count}} invitation is ready and goes out with the next sync.',
    letter_other: '{{count}} invitations are ready and go out with the next sync.',
    withoutEmail: 'Without an e-mail address: {{names}}',
    already: 'Already invited or registered: {{names}}',
    noneInvited: 'Nobody was invited',
  },
});

/** Invites persons to the portal, says who was invited and who could not be, and resolves with whether anybody was. */
export function useInvite() {
  const t = useTexts(texts);
  const { run, running } = useDeed('accounts.invite');
  const invite = async (personIds: readonly string[], channel: 'mail' | 'letter'): Promise<boolean> => {
    const answer = await run({ personIds: [...personIds], channel });
    if (answer === null) return false;
    const rest = [
      answer.withoutEmail.length > 0 ? t('withoutEmail', { names: answer.withoutEmail.join(', ') }) : '',
      answer.alreadyInvited.length > 0 ? t('already', { names: answer.alreadyInvited.join(', ') }) : '',
    ].filter((sentence) => sentence !== '');
    if (answer.invited > 0) showDone(t(channel, { count: answer.invited }));
    if (rest.length > 0) showInfo(rest.join(' · '), answer.invited === 0 ? t('noneInvited') : undefined);
    return answer.invited > 0;
  };
  return { invite, running };
}
