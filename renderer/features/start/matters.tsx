import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Input } from '../../../shared/contract/registry.ts';
import { formatAge } from '../../../shared/ui/format.ts';
import { ListSkeleton } from '../../../shared/ui/skeletons.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { Section } from '../../lib/layout/section.tsx';
import { useOperation } from '../../lib/queries.ts';
import classes from './start-page.module.css';
import { startTexts } from './start-texts.ts';

interface MattersProps {
  readonly filter: Input<'activities.list'>['filter'];
  readonly title: string;
  /** Said where there is nothing. */
  readonly empty: string;
  readonly limit: number;
}

/** The first activities of a filter. */
export function Matters({ filter, title, empty, limit }: MattersProps) {
  const t = useTexts(startTexts);
  const language = useLanguage();
  const now = useNow();
  const { data } = useOperation('activities.list', { filter, offset: 0, limit });
  const total = data?.total ?? 0;
  return (
    <Section
      order={2}
      title={total > 0 ? `${title} · ${total}` : title}
      actions={
        total > 0 && (
          <Anchor component={Link} to={`/activities?filter=${filter}`}>
            {t('all')}
          </Anchor>
        )
      }
    >
      {data === undefined && <ListSkeleton rows={3} />}
      {data !== undefined && total === 0 && <Text c="dimmed">{empty}</Text>}
      {total > 0 && (
        <ul className={classes.matters}>
          {data?.rows.map((row) => (
            <li key={row.id}>
              <Link className={classes.matter} to={`/activities/${row.id}`}>
                <span className={classes.soft}>{row.number === null ? t('provisional') : `#${row.number}`}</span>
                <span className={classes.subject}>{row.subject}</span>
                <time className={classes.soft} dateTime={row.lastEntryAt}>
                  {formatAge(row.lastEntryAt, now, language)}
                </time>
                <small>
                  {[row.people.join(', '), [row.propertyNumber, row.unitNumber].filter(Boolean).join('/'), row.preview]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </small>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
