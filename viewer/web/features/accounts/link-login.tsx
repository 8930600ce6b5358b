import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { Output } from '../../../../shared/contract/registry.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useLanguage, useTexts } from '../../../../shared/ui/texts.ts';
import { signInFor } from '../../lib/paths.ts';
import { operationError } from '../../lib/queries.ts';
import { endSession, useSession } from '../../lib/session.ts';
import { ConsentCheck } from './consent-check.tsx';
import { InvitedAs } from './invited-as.tsx';
import { useAccept } from './use-accept.ts';

export type Invitation = Output<'accounts.invitation'>;

const texts = defineTexts({
  de: {
    exists: 'Für {{email}} gibt es schon einen Zugang. Melden Sie sich damit an; die Einladung wird dann verbunden.',
    signIn: 'Anmelden und verbinden',
    other: 'Sie sind als {{email}} angemeldet. Diese Einladung gehört zu einer anderen Adresse.',
    change: 'Abmelden und wechseln',
    own: 'Sie sind schon angemeldet. Mit einem Klick kommt diese Hausverwaltung zu Ihrem Zugang dazu.',
    link: 'Einladung annehmen',
  },
  en: {
    exists: 'There is already an account for {{email}}. Sign in with it; the invitation is then linked to it.',
    signIn: 'Sign in and link',
    other: 'You are signed in as {{email}}. This invitation belongs to another address.',
    change: 'Sign out and change',
    own: 'You are already signed in. One click adds this property manager to your account.',
    link: 'Accept invitation',
  },
});

interface LinkLoginProps {
  readonly token: string;
  readonly invitation: Invitation;
}

/** Links an invitation to the login that exists for its address; that login has to be signed in. */
export function LinkLogin({ token, invitation }: LinkLoginProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { pathname } = useLocation();
  const session = useSession().data ?? null;
  const [showInDirectory, setShowInDirectory] = useState(false);
  const accept = useAccept();
  const change = useMutation({ mutationFn: () => endSession(signInFor(pathname)) });
  const failed = accept.error ?? change.error;
  const problem = failed === null ? null : operationError(failed);
  const { email, personName } = invitation;
  const own = session !== null && session.email.toLowerCase() === email.toLowerCase();
  return (
    <Stack>
      <InvitedAs name={personName} email={email} />
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
      {session === null && (
        <>
          <Text>{t('exists', { email })}</Text>
          <Button component={Link} to={signInFor(pathname)} fullWidth>
            {t('signIn')}
          </Button>
        </>
      )}
      {session !== null && !own && (
        <>
          <Text>{t('other', { email: session.email })}</Text>
          <Button onClick={() => change.mutate()} loading={change.isPending} fullWidth>
            {t('change')}
          </Button>
        </>
      )}
      {own && (
        <>
          <Text>{t('own')}</Text>
          <ConsentCheck value={showInDirectory} onChange={setShowInDirectory} />
          <Button
            onClick={() => accept.mutate({ token, showInDirectory, language })}
            loading={accept.isPending}
            fullWidth
          >
            {t('link')}
          </Button>
        </>
      )}
    </Stack>
  );
}
