import { Button, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contract/registry.ts';
import { formatWhen } from '../../../../shared/ui/format.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { useLanguage, useTexts } from '../../../../shared/ui/texts.ts';
import { useNow } from '../../../../shared/ui/when.tsx';
import { operationError, useDeed } from '../../lib/queries.ts';
import classes from './account.module.css';
import { Done } from './done.tsx';
import { securityTexts } from './security-texts.ts';

type Session = Output<'accounts.security'>['sessions'][number];

/** The browsers in which one is signed in; any other can be signed out. */
export function Sessions({ sessions }: { readonly sessions: readonly Session[] }) {
  const t = useTexts(securityTexts);
  const language = useLanguage();
  const now = useNow();
  const end = useDeed('accounts.endSessions', ['accounts.security']);
  const problem = end.isError ? operationError(end.error) : null;
  const nameOf = ({ browser, system }: Session) => {
    if (browser !== '' && system !== '') return t('onSystem', { browser, system });
    return browser || system || t('unknownBrowser');
  };
  return (
    <Stack>
      {end.isSuccess && end.variables.id === null && <Done icon={IconCircleCheck}>{t('endedOthers')}</Done>}
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
      <ul className={classes.sessions}>
        {sessions.map((session) => (
          <li key={session.id} className={classes.choice}>
            <div>
              <div className={classes.browser}>{nameOf(session)}</div>
              <div className={classes.hint}>
                {session.current
                  ? t('thisBrowser')
                  : t('lastUsed', { when: formatWhen(session.lastUsedAt, now, language) })}
              </div>
            </div>
            {!session.current && (
              <Button
                variant="default"
                onClick={() => end.mutate({ id: session.id })}
                loading={end.isPending && end.variables.id === session.id}
                aria-label={`${t('endOne')}: ${nameOf(session)}`}
              >
                {t('endOne')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button
            variant="default"
            onClick={() => end.mutate({ id: null })}
            loading={end.isPending && end.variables.id === null}
          >
            {t('endOthers')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
