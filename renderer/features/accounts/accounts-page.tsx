import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Page } from '../../lib/layout/page.tsx';
import { useOperation } from '../../lib/queries.ts';
import { AccountsList } from './accounts-list.tsx';
import classes from './accounts-page.module.css';
import { accountsTexts } from './accounts-texts.ts';
import { PublicationList } from './publication-list.tsx';

/** Portal: who is invited and registered, and what the next sync releases. */
export function AccountsPage() {
  const t = useTexts(accountsTexts);
  const navigate = useNavigate();
  const { part = 'list' } = useParams();
  const { data } = useOperation('sync.publication', {});
  const queued = data?.items.length ?? 0;
  return (
    <Page title={t('title')} fill>
      <Tabs
        className={classes.tabs}
        value={part === 'publication' ? 'publication' : 'list'}
        onChange={(value) => void navigate(value === 'publication' ? '/accounts/publication' : '/accounts')}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="list">{t('accounts')}</Tabs.Tab>
          <Tabs.Tab value="publication">{queued > 0 ? `${t('publication')} · ${queued}` : t('publication')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list" className={classes.panel}>
          <AccountsList />
        </Tabs.Panel>
        <Tabs.Panel value="publication" className={classes.panel}>
          <PublicationList />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
