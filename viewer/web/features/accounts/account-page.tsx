import { Button, Skeleton, Stack } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../../shared/ui/common-texts.ts';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { PersonAvatar } from '../../../../shared/ui/person-avatar.tsx';
import { ColorSchemeControl, LanguageControl } from '../../../../shared/ui/preferences.tsx';
import { defineTexts, type Language, useTexts } from '../../../../shared/ui/texts.ts';
import { Loaded } from '../../lib/loaded.tsx';
import { Page } from '../../lib/page.tsx';
import { useProperty } from '../../lib/property.tsx';
import { operationError, useDeed, useLoaded } from '../../lib/queries.ts';
import { chooseLanguage, endSession, noteLanguage, useSession } from '../../lib/session.ts';
import classes from './account.module.css';
import { DirectoryConsent, type Settings } from './directory-consent.tsx';
import { EmailChange } from './email-change.tsx';
import { PasswordChange } from './password-change.tsx';
import { SecondFactor } from './second-factor.tsx';
import { securityTexts } from './security-texts.ts';
import { Sessions } from './sessions.tsx';

const texts = defineTexts({
  de: {
    title: 'Mein Konto',
    appearance: 'Sprache und Darstellung',
    visibility: 'Was Nachbarn sehen',
    password: 'Passwort ändern',
    leave: 'Abmelden',
    leaveHint: 'Entwürfe bleiben auf diesem Gerät gespeichert.',
  },
  en: {
    title: 'My account',
    appearance: 'Language and appearance',
    visibility: 'What neighbours see',
    password: 'Change password',
    leave: 'Sign out',
    leaveHint: 'Drafts stay on this device.',
  },
});

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{title}</h2>
      {children}
    </section>
  );
}

function Appearance({ settings }: { readonly settings: Settings }) {
  const common = useTexts(commonTexts);
  const { organisationId } = useProperty();
  const save = useDeed('accounts.saveSettings', ['accounts.settings']);
  const choose = (language: Language) => {
    void chooseLanguage(language);
    noteLanguage(language);
    const { showInDirectory, showPhone, showEmail } = settings;
    save.mutate({ organisationId, showInDirectory, showPhone, showEmail, language });
  };
  const problem = save.isError ? operationError(save.error) : null;
  return (
    <Stack>
      <div className={classes.choice}>
        <span>{common('language')}</span>
        <LanguageControl onChange={choose} />
      </div>
      <div className={classes.choice}>
        <span>{common('colourScheme')}</span>
        <ColorSchemeControl />
      </div>
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
    </Stack>
  );
}

function SignOut() {
  const t = useTexts(texts);
  const leave = useMutation({ mutationFn: () => endSession() });
  const problem = leave.isError ? operationError(leave.error) : null;
  return (
    <Stack>
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
      <div className={classes.leave}>
        <Button
          variant="default"
          leftSection={<IconLogout size={20} aria-hidden="true" />}
          onClick={() => leave.mutate()}
          loading={leave.isPending}
        >
          {t('leave')}
        </Button>
        <span className={classes.hint}>{t('leaveHint')}</span>
      </div>
    </Stack>
  );
}

/** Language, appearance, what neighbours see, password, code, sessions, signing out. */
export function AccountPage() {
  const t = useTexts(texts);
  const { organisationId, organisationName } = useProperty();
  const settings = useLoaded('accounts.settings', { organisationId });
  const security = useLoaded('accounts.security', {});
  const secure = useTexts(securityTexts);
  const session = useSession().data ?? null;
  return (
    <Page title={t('title')}>
      {session && (
        <div className={classes.who}>
          <PersonAvatar name={session.name} size={56} />
          <div>
            <div className={classes.name}>{session.name}</div>
            <div className={classes.hint}>{session.email}</div>
            <div className={classes.hint}>{organisationName}</div>
          </div>
        </div>
      )}
      <Loaded query={settings} skeleton={<Skeleton height={220} />}>
        {(loaded) => (
          <>
            <Section title={t('appearance')}>
              <Appearance settings={loaded} />
            </Section>
            <Section title={t('visibility')}>
              <DirectoryConsent settings={loaded} />
            </Section>
          </>
        )}
      </Loaded>
      <Section title={t('password')}>
        <PasswordChange />
      </Section>
      <Loaded query={security} skeleton={<Skeleton height={220} />}>
        {(loaded) => (
          <>
            <Section title={secure('email')}>
              <EmailChange newEmail={loaded.newEmail} />
            </Section>
            <Section title={secure('factor')}>
              <SecondFactor security={loaded} />
            </Section>
            <Section title={secure('sessions')}>
              <Sessions sessions={loaded.sessions} />
            </Section>
          </>
        )}
      </Loaded>
      <SignOut />
    </Page>
  );
}
