import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { defineTexts, useTexts } from '../../../../shared/ui/texts.ts';
import classes from './form.module.css';
import type { PendingUpload } from './use-uploads.ts';

const texts = defineTexts({
  de: {
    uploading_one: 'Eine Datei ist noch unterwegs.',
    uploading_other: '{{count}} Dateien sind noch unterwegs.',
    stuck_one: 'Eine Datei wurde nicht übernommen. Bitte entfernen Sie sie oder übertragen Sie sie erneut.',
    stuck_other: '{{count}} Dateien wurden nicht übernommen. Bitte entfernen Sie sie oder übertragen Sie sie erneut.',
  },
  en: {
    uploading_one: 'One file is still on its way.',
    uploading_other: '{{count}} files are still on their way.',
    stuck_one: 'One file was not added. Please remove it or send it again.',
    stuck_other: '{{count}} files were not added. Please remove them or send them again.',
  },
});

interface SendBarProps {
  readonly label: string;
  readonly sending: boolean;
  /** Files that have not arrived; the message waits for them. */
  readonly pending: readonly PendingUpload[];
  /** What there is to say when no file is in the way. */
  readonly note: string;
  /** Further buttons. */
  readonly children?: ReactNode;
}

/** The button that sends, and beside it what it waits for. */
export function SendBar({ label, sending, pending, note, children }: SendBarProps) {
  const t = useTexts(texts);
  const stuck = pending.filter(({ problem }) => problem !== null).length;
  const moving = pending.length - stuck;
  const wait = moving > 0 ? t('uploading', { count: moving }) : stuck > 0 ? t('stuck', { count: stuck }) : note;
  return (
    <div className={classes.deeds}>
      <Button
        type="submit"
        leftSection={<IconSend size={20} aria-hidden="true" />}
        loading={sending}
        disabled={pending.length > 0}
      >
        {label}
      </Button>
      {children}
      <span className={classes.state} role="status">
        {wait}
      </span>
    </div>
  );
}
