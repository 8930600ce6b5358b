import { Checkbox } from '@mantine/core';
import { IconLock, IconWorld } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { formatAge, formatInstant } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import type { RowIn } from '../../lib/grid/list-operations.ts';
import type { Waiting } from '../../lib/waiting/use-waiting.ts';
import { WaitingMark } from '../../lib/waiting/waiting-mark.tsx';
import { activitiesTexts } from './activities-texts.ts';
import classes from './activity-list.module.css';

interface ActivityRowProps {
  readonly id: string;
  readonly row: RowIn<'activities.list'>;
  /** Place in the list, from 0. */
  readonly index: number;
  readonly top: number;
  readonly topic: string | null;
  readonly now: number;
  readonly open: boolean;
  readonly active: boolean;
  readonly selected: boolean;
  readonly waiting: Waiting | null;
  readonly onRow: (event: MouseEvent) => void;
  readonly onToggle: (extend: boolean) => void;
}

/** One activity of the list on three short lines: who and when, the subject, where it belongs. */
export function ActivityRow(props: ActivityRowProps) {
  const t = useTexts(activitiesTexts);
  const language = useLanguage();
  const { row } = props;
  const place = [row.propertyNumber, row.unitNumber].filter((part) => part !== null).join('/');
  const facts = [props.topic, place === '' ? null : place].filter((part) => part !== null);
  const people = row.people.length === 0 ? t('nobody') : row.people.join(', ');
  return (
    <tr
      id={props.id}
      aria-rowindex={props.index + 1}
      aria-selected={props.selected}
      className={classes.row}
      data-open={props.open || undefined}
      data-active={props.active || undefined}
      data-selected={props.selected || undefined}
      data-new={row.isNew || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onRow}
    >
      <td className={classes.mark}>
        <Checkbox
          className={classes.check}
          aria-label={t('select', { subject: row.subject })}
          tabIndex={-1}
          checked={props.selected}
          readOnly
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle(event.shiftKey);
          }}
        />
        {row.isNew && (
          <span className={classes.dot} title={t('isNew')}>
            <span className="tp-visually-hidden">{t('isNew')}</span>
          </span>
        )}
      </td>
      <td className={classes.lines}>
        <div className={classes.line}>
          <span className={classes.who} data-nobody={row.people.length === 0 || undefined} title={people}>
            {people}
          </span>
          <WaitingMark waiting={props.waiting} inline />
          <time className={classes.age} dateTime={row.lastEntryAt} title={formatInstant(row.lastEntryAt, language)}>
            {formatAge(row.lastEntryAt, props.now, language)}
          </time>
        </div>
        <div className={classes.line}>
          <span className={classes.subject} title={row.subject}>
            {row.subject}
          </span>
          {row.preview !== '' && <span className={classes.preview}>{row.preview}</span>}
        </div>
        <div className={classes.line}>
          <span className={classes.facts}>
            {row.globe ? (
              <IconWorld size={14} role="img" aria-label={t('inPortal')} className={classes.globe} />
            ) : (
              <IconLock size={14} role="img" aria-label={t('internalOnly')} />
            )}
            <span className="tp-figures" data-provisional={row.provisional || undefined}>
              {row.number === null ? t('provisional') : `#${row.number}`}
            </span>
            {facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </span>
        </div>
      </td>
    </tr>
  );
}
