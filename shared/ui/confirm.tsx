import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { commonTexts } from './common-texts.ts';
import { currentLanguage, textsFor } from './texts.ts';

interface Confirmation {
  /** The question: "Einladung zurücknehmen?" */
  readonly title: string;
  /** What will happen and what stays. */
  readonly body: ReactNode;
  /** The deed: "Einladung zurücknehmen". */
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  /** For what cannot be undone: red, and the focus is on cancelling. */
  readonly danger?: boolean;
}

/** Asks before something that cannot be undone; for everything else act and offer `showUndo`. */
export function confirm({ title, body, confirmLabel, cancelLabel, danger = false }: Confirmation): Promise<boolean> {
  const t = textsFor(currentLanguage(), commonTexts);
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title,
      children: typeof body === 'string' ? <Text>{body}</Text> : body,
      labels: { confirm: confirmLabel, cancel: cancelLabel ?? t('cancel') },
      cancelProps: danger ? { 'data-autofocus': true } : {},
      confirmProps: danger ? { color: 'alarm' } : { 'data-autofocus': true },
      closeButtonProps: { 'aria-label': t('close') },
      onConfirm: () => resolve(true),
      // Escape, the cross and the outside are all a no; after a yes this changes nothing.
      onClose: () => resolve(false),
    });
  });
}
