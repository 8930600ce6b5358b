import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useTexts } from '../../../shared/ui/texts.ts';
import { Section } from '../../lib/layout/section.tsx';
import { useOperation } from '../../lib/queries.ts';
import classes from './start-page.module.css';
import { startTexts } from './start-texts.ts';

/** What the next sync releases. */
export function PublicationCard() {
  const t = useTexts(startTexts);
  const { data } = useOperation('sync.publication', {});
  const items = data?.items ?? [];
  const title = items.length > 0 ? `${t('publication')} · ${items.length}` : t('publication');
  return (
    <Section
      order={2}
      title={title}
      actions={
        items.length > 0 && (
          <Anchor component={Link} to="/accounts/publication">
            {t('showPublication')}
          </Anchor>
        )
      }
    >
      {items.length === 0 ? (
        <Text c="dimmed">{t('publicationEmpty')}</Text>
      ) : (
        <>
          <ul className={classes.matters}>
            {items.slice(0, 6).map((item) => (
              <li
                key={`${item.kind}-${item.id}`}
                className={classes.matter}
                style={{ gridTemplateColumns: '84px minmax(0, 1fr) auto' }}
              >
                <span className={classes.soft}>{t(`item.${item.kind}`)}</span>
                <span className={classes.subject}>{item.title}</span>
                <span className={classes.soft}>{t('audience', { count: item.audience })}</span>
                <small>
                  {[item.place, item.waitsForFile ? t('waitsForFile') : ''].filter((part) => part !== '').join(' · ')}
                </small>
              </li>
            ))}
          </ul>
          {data !== undefined && data.mails > 0 && (
            <Text c="dimmed" mt="md">
              {t('mails', { count: data.mails })}
            </Text>
          )}
        </>
      )}
    </Section>
  );
}
