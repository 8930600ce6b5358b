import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import classes from './layout.module.css';

interface SectionProps {
  readonly title: string;
  readonly actions?: ReactNode;
  /** Level of the heading: 2 directly under the page's own. */
  readonly order?: 2 | 3;
  readonly children: ReactNode;
}

/** A titled card of a detail page. */
export function Section({ title, actions, order = 3, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <Title order={order} size="h3">
          {title}
        </Title>
        <div className={classes.headActions}>{actions}</div>
      </div>
      {children}
    </section>
  );
}

interface Fact {
  readonly label: string;
  /** Null or '' says that nothing is known. */
  readonly value: ReactNode;
}

/** Pairs of label and value. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const t = useTexts(commonTexts);
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, value }) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>
            {value === null || value === '' ? (
              <span style={{ color: 'var(--tp-ink-soft)' }}>{t('notSet')}</span>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
