import { formatWhen } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { activitiesTexts } from './activities-texts.ts';
import classes from './conversation.module.css';
import type { LoadedEntry } from './filters.ts';

/** Who was told of an entry, how, and with what outcome: one line, all of it when it is opened. */
export function Deliveries({ deliveries }: { readonly deliveries: LoadedEntry['deliveries'] }) {
  const t = useTexts(activitiesTexts);
  const label = useTexts(labelTexts);
  const language = useLanguage();
  const now = useNow();
  const lines = deliveries.map((one) => ({
    key: `${one.personId} ${one.channel} ${one.at}`,
    failed: one.state === 'failed',
    text: `${one.personName}: ${label(`channel.${one.channel}`)} – ${label(`delivery.${one.state}`)} ${formatWhen(one.at, now, language)}`,
  }));
  const [first, ...rest] = lines;
  if (first === undefined) return null;
  if (rest.length === 0) {
    return (
      <span data-failed={first.failed || undefined} className={classes.delivery}>
        {first.text}
      </span>
    );
  }
  const states = [...new Set(deliveries.map((one) => one.state))];
  return (
    <details className={classes.deliveries}>
      <summary>
        {t('deliveries')}:{' '}
        {states
          .map((state) => `${deliveries.filter((one) => one.state === state).length} ${label(`delivery.${state}`)}`)
          .join(', ')}
      </summary>
      <ul>
        {lines.map(({ key, failed, text }) => (
          <li key={key} data-failed={failed || undefined} className={classes.delivery}>
            {text}
          </li>
        ))}
      </ul>
    </details>
  );
}
