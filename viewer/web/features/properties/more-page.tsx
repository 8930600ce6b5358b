import {
  IconChevronRight,
  IconLogout,
  IconPhoneCall,
  IconSwitchHorizontal,
  IconUserCircle,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { LoadError } from '../../../../shared/ui/load-error.tsx';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import list from '../../lib/card-list.module.css';
import { Page } from '../../lib/page.tsx';
import { paths } from '../../lib/paths.ts';
import { useProperties, useProperty } from '../../lib/property.tsx';
import { operationError } from '../../lib/queries.ts';
import { endSession } from '../../lib/session.ts';
import classes from './more.module.css';

const texts = defineTexts({
  de: {
    title: 'Mehr',
    directory: 'Nachbarn',
    contacts: 'Notfallnummern',
    account: 'Mein Konto',
    accountHint: 'Sprache, Darstellung, Verzeichnis, Passwort',
    change: 'Haus wechseln',
    leave: 'Abmelden',
    managedBy: 'Ihre Hausverwaltung: {{name}}',
  },
  en: {
    title: 'More',
    directory: 'Neighbours',
    contacts: 'Emergency numbers',
    account: 'My account',
    accountHint: 'Language, appearance, directory, password',
    change: 'Change house',
    leave: 'Sign out',
    managedBy: 'Your property manager: {{name}}',
  },
});

interface WayProps {
  readonly to: string;
  readonly icon: TablerIcon;
  readonly label: string;
  readonly hint?: string;
}

function Way({ to, icon: Icon, label, hint }: WayProps) {
  return (
    <li>
      <Link to={to} className={`${list.row} ${classes.way}`}>
        <Icon size={24} aria-hidden="true" />
        <span className={classes.words}>
          {label}
          {hint !== undefined && <span className={classes.hint}>{hint}</span>}
        </span>
        <IconChevronRight size={20} aria-hidden="true" />
      </Link>
    </li>
  );
}

/** On a phone: everything that has no tab of its own. */
export function MorePage() {
  const t = useTexts(texts);
  const { id, may, organisationName } = useProperty();
  const several = (useProperties().data?.length ?? 0) > 1;
  const leave = useMutation({ mutationFn: () => endSession() });
  const problem = leave.isError ? operationError(leave.error) : null;
  return (
    <Page title={t('title')}>
      {problem && <LoadError kind="inline" code={problem.code} details={problem.details} />}
      <ul className={list.rows}>
        {may.directory && <Way to={paths.directory(id)} icon={IconUsers} label={t('directory')} />}
        {may.board && <Way to={`${paths.start(id)}#notfall`} icon={IconPhoneCall} label={t('contacts')} />}
        <Way to={paths.account(id)} icon={IconUserCircle} label={t('account')} hint={t('accountHint')} />
        {several && <Way to={paths.properties} icon={IconSwitchHorizontal} label={t('change')} />}
        <li>
          <button
            type="button"
            className={`${list.row} ${classes.way}`}
            onClick={() => leave.mutate()}
            disabled={leave.isPending}
          >
            <IconLogout size={24} aria-hidden="true" />
            <span className={classes.words}>{t('leave')}</span>
          </button>
        </li>
      </ul>
      <p className={classes.company}>{t('managedBy', { name: organisationName })}</p>
    </Page>
  );
}
