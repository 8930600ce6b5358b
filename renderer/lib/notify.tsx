import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { OperationError } from '../../shared/lib/errors.ts';
import { commonTexts } from '../../shared/ui/common-texts.ts';
import { errorText } from '../../shared/ui/error-texts.ts';
import { currentLanguage, textsFor } from '../../shared/ui/texts.ts';

const closeLabel = () => ({ 'aria-label': textsFor(currentLanguage(), commonTexts)('close') });

/** Says why something failed: what happened, what was kept, what to do. Stays longer than good news. */
export function showError(error: OperationError): void {
  const { title, sentence } = errorText(currentLanguage(), error.code, error.details);
  notifications.show({ color: 'alarm', title, message: sentence, autoClose: 12_000, closeButtonProps: closeLabel() });
}

/** Says that something went well. */
export function showDone(message: string): void {
  notifications.show({ color: 'moss', message, autoClose: 4_000, closeButtonProps: closeLabel() });
}

/** Says something that is neither good nor bad. */
export function showInfo(message: string, title?: string): void {
  notifications.show({ color: 'info', title, message, autoClose: 10_000, closeButtonProps: closeLabel() });
}

/** Says what was done and offers to take it back. */
export function showUndo(sentence: string, undo: () => void): void {
  const t = textsFor(currentLanguage(), commonTexts);
  const id = notifications.show({
    autoClose: 10_000,
    closeButtonProps: closeLabel(),
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text>{sentence}</Text>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {t('undo')}
        </Button>
      </Group>
    ),
  });
}
