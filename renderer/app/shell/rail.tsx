import { NavLink } from 'react-router';
import { formatCount } from '../../../shared/ui/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useOperation } from '../../lib/queries.ts';
import { destinations, navigationTexts, type Place } from '../navigation.ts';
import classes from './shell.module.css';

const texts = defineTexts({
  de: {
    rail: 'Bereiche',
    new_one: '{{count}} neu',
    new_other: '{{count}} neu',
    queued_one: '{{count}} zur Veröffentlichung vorgemerkt',
    queued_other: '{{count}} zur Veröffentlichung vorgemerkt',
    conflicts_one: '{{count}} offener Konflikt',
    conflicts_other: '{{count}} offene Konflikte',
  },
  en: {
    rail: 'Areas',
    new_one: '{{count}} new',
    new_other: '{{count}} new',
    queued_one: '{{count}} queued for publication',
    queued_other: '{{count}} queued for publication',
    conflicts_one: '{{count}} open conflict',
    conflicts_other: '{{count}} open conflicts',
  },
});

/** The rail on the left: every area, with what waits there. */
export function Rail() {
  const t = useTexts(texts);
  const say = useTexts(navigationTexts);
  const language = useLanguage();
  const counts = useOperation('activities.counts', {});
  const publication = useOperation('sync.publication', {});
  const sync = useOperation('sync.state', {});
  const unread = counts.data?.new ?? 0;
  const queued = publication.data?.items.length ?? 0;
  const conflicts = sync.data?.conflicts ?? 0;
  const badges: Partial<Record<Place, { readonly count: number; readonly label: string; readonly quiet: boolean }>> = {
    activities: { count: unread, label: t('new', { count: unread }), quiet: false },
    accounts: { count: queued, label: t('queued', { count: queued }), quiet: true },
    sync: { count: conflicts, label: t('conflicts', { count: conflicts }), quiet: false },
  };
  return (
    <nav className={classes.rail} aria-label={t('rail')}>
      {destinations.map(({ place, path, icon: Icon, group }, index) => {
        const badge = badges[place];
        const first = group !== destinations[index - 1]?.group && index > 0;
        return (
          <div key={place} style={{ display: 'contents' }}>
            {first && <hr />}
            <NavLink className={classes.link} to={path} end={path === '/'} title={say(place)}>
              <Icon className={classes.railIcon} size={18} aria-hidden="true" />
              <span>{say(place)}</span>
              {badge !== undefined && badge.count > 0 && (
                <span className={classes.railCount} data-quiet={badge.quiet || undefined} title={badge.label}>
                  {formatCount(badge.count, language)}
                </span>
              )}
            </NavLink>
          </div>
        );
      })}
    </nav>
  );
}
