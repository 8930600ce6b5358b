import { Button, Skeleton, Stack } from '@mantine/core';
import { Link, useParams } from 'react-router';
import type { ErrorCode } from '../../../../shared/lib/errors.ts';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { useErrorText } from '../../../../shared/ui/error-texts.ts';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import { paths } from '../../lib/paths.ts';
import { operationError, useLoaded } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.ts';
import { Entrance } from './entrance.tsx';
import { type Invitation, LinkLogin } from './link-login.tsx';
import { Registration } from './registration.tsx';
import { accountTexts } from './texts.ts';

const texts = defineTexts({
  de: {
    title: 'Ihr Zugang zum Hausportal',
    lead: '{{organisation}} lädt Sie ein: Aushänge und Dokumente lesen, Schäden melden, Fragen stellen.',
  },
  en: {
    title: 'Your access to the residents’ portal',
    lead: '{{organisation}} invites you: read notices and documents, report damage, ask questions.',
  },
});

/** A link that lost its end on the way is no link: there are no fields to check. */
const brokenLink: readonly ErrorCode[] = ['not-found', 'invalid-input', 'unknown-operation'];

function Refused({ code, onRetry }: { readonly code: ErrorCode; readonly onRetry: () => void }) {
  const account = useTexts(accountTexts);
  const common = useTexts(commonTexts);
  const { title, sentence } = useErrorText()(brokenLink.includes(code) ? 'invitation-invalid' : code);
  const unanswered = code === 'offline' || code === 'viewer-unreachable' || code === 'internal';
  return (
    <Entrance title={title} lead={sentence}>
      <Stack mt="lg">
        {unanswered ? (
          <Button onClick={onRetry}>{common('retry')}</Button>
        ) : (
          <Button component={Link} to={paths.signIn} variant="default">
            {account('toSignIn')}
          </Button>
        )}
      </Stack>
    </Entrance>
  );
}

function Welcome({ token, invitation }: { readonly token: string; readonly invitation: Invitation }) {
  const t = useTexts(texts);
  return (
    <Entrance title={t('title')} lead={t('lead', { organisation: invitation.organisationName })}>
      {invitation.loginExists ? (
        <LinkLogin token={token} invitation={invitation} />
      ) : (
        <Registration token={token} invitation={invitation} />
      )}
    </Entrance>
  );
}

/** Accepting an invitation: registering, or linking a login that exists. */
export function InvitationPage() {
  const t = useTexts(texts);
  const { token = '' } = useParams();
  const invitation = useLoaded('accounts.invitation', { token });
  const session = useSession();
  if (invitation.isError && invitation.data === undefined) {
    return <Refused code={operationError(invitation.error).code} onRetry={() => void invitation.refetch()} />;
  }
  if (invitation.data === undefined || session.isPending) {
    return (
      <Entrance title={t('title')}>
        <Stack mt="lg" aria-busy="true">
          <Skeleton height={84} />
          <Skeleton height={44} />
          <Skeleton height={44} />
        </Stack>
      </Entrance>
    );
  }
  return <Welcome token={token} invitation={invitation.data} />;
}
