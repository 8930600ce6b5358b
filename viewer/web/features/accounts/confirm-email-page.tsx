import { Button, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconMailForward } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { paths } from '../../lib/paths.ts';
import { operationError, useDeed } from '../../lib/queries.ts';
import { Done } from './done.tsx';
import { Entrance } from './entrance.tsx';

const texts = defineTexts({
  de: {
    title: 'Neue E-Mail-Adresse',
    lead: 'Bestätigen Sie, dass für Ihre Anmeldung künftig eine andere Adresse gilt.',
    confirm: 'Adresse bestätigen',
    half: 'Danke. Jetzt fehlt noch die Bestätigung im anderen Postfach; dann gilt {{email}}.',
    changed: 'Fertig. Sie melden sich ab jetzt mit {{email}} an.',
    stale: 'Dieser Link gilt nicht mehr',
    staleHint: 'Links gelten 24 Stunden und nur einmal. Ihre Adresse ist unverändert.',
    taken: 'Diese Adresse gehört schon zu einem anderen Zugang. Ihre Adresse ist unverändert.',
    on: 'Zum Portal',
  },
  en: {
    title: 'New e-mail address',
    lead: 'Confirm that another address shall count when you sign in.',
    confirm: 'Confirm the address',
    half: 'Thank you. The other mailbox still has to confirm; then {{email}} counts.',
    changed: 'Done. From now on you sign in with {{email}}.',
    stale: 'This link is no longer valid',
    staleHint: 'Links are valid for 24 hours and once only. Your address is unchanged.',
    taken: 'This address already belongs to another account. Your address is unchanged.',
    on: 'To the portal',
  },
});

/** Where the two links of a change of address lead; a click confirms, so that no mail scanner does. */
export function ConfirmEmailPage() {
  const t = useTexts(texts);
  const { token = '' } = useParams();
  const confirm = useDeed('accounts.confirmEmailChange', ['accounts.session', 'accounts.security']);
  const on = (
    <Button component={Link} to={paths.properties} fullWidth mt="lg">
      {t('on')}
    </Button>
  );
  if (confirm.isSuccess) {
    const { changed, newEmail } = confirm.data;
    return (
      <Entrance title={t('title')}>
        <Done icon={changed ? IconCircleCheck : IconMailForward}>
          {t(changed ? 'changed' : 'half', { email: newEmail })}
        </Done>
        {changed && on}
      </Entrance>
    );
  }
  const problem = confirm.isError ? operationError(confirm.error) : null;
  if (problem?.code === 'invitation-invalid' || problem?.code === 'invalid-input') {
    return (
      <Entrance title={t('stale')} lead={t('staleHint')}>
        {on}
      </Entrance>
    );
  }
  return (
    <Entrance title={t('title')} lead={t('lead')}>
      <Stack mt="lg">
        {problem?.code === 'already-exists' && <Text role="alert">{t('taken')}</Text>}
        {problem && problem.code !== 'already-exists' && (
          <LoadError kind="inline" code={problem.code} details={problem.details} />
        )}
        <Button onClick={() => confirm.mutate({ token })} loading={confirm.isPending} fullWidth>
          {t('confirm')}
        </Button>
      </Stack>
    </Entrance>
  );
}
