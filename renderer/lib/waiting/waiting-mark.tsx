import { Tooltip } from '@mantine/core';
import { IconClock, IconCloudUpload } from '@tabler/icons-react';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { useWaiting, type Waiting } from './use-waiting.ts';
import classes from './waiting-mark.module.css';

const texts = defineTexts({
  de: {
    change: 'Wartet auf Abgleich',
    file: 'Wird noch hochgeladen',
    changeHint: 'Eine Änderung an diesem Eintrag ist hier gespeichert und noch nicht beim Portal.',
    fileHint: 'Eine Datei dieses Eintrags ist noch nicht beim Portal.',
  },
  en: {
    change: 'Waiting for sync',
    file: 'Still uploading',
    changeHint: 'A change to this item is saved here and not at the portal yet.',
    fileHint: 'A file of this item is not at the portal yet.',
  },
});

const icons = { change: IconClock, file: IconCloudUpload };

/** In a list: a small sign before the row; the words are for the tooltip and for screen readers. */
export function WaitingMark({
  waiting,
  inline = false,
}: {
  readonly waiting: Waiting | null;
  readonly inline?: boolean;
}) {
  const t = useTexts(texts);
  if (waiting === null) return null;
  const Icon = icons[waiting];
  return (
    <span className={classes.mark} data-inline={inline || undefined} title={t(`${waiting}Hint`)}>
      <Icon size={12} stroke={2} aria-hidden="true" />
      <span className="tp-visually-hidden">{t(waiting)}</span>
    </span>
  );
}

/** In the head of what is open; `compact` where there is no room for words. */
export function WaitingBadge({ id, compact = false }: { readonly id: string; readonly compact?: boolean }) {
  const t = useTexts(texts);
  const waiting = useWaiting([id])(id);
  if (waiting === null) return null;
  if (compact) return <WaitingMark waiting={waiting} inline />;
  return (
    <Tooltip label={t(`${waiting}Hint`)}>
      <span className={classes.badge}>
        <StatusBadge tone="waiting" icon={icons[waiting]}>
          {t(waiting)}
        </StatusBadge>
      </span>
    </Tooltip>
  );
}
