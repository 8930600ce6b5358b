import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ErrorCode, ErrorDetails } from '../lib/errors.ts';
import { commonTexts } from './common-texts.ts';
import { errorText } from './error-texts.ts';
import { currentLanguage, textsFor } from './texts.ts';

/** Long enough to read and reach the button without hurry. */
const undoMilliseconds = 8000;
const doneMilliseconds = 4000;
const infoMilliseconds = 10_000;

const icon = { size: 18, 'aria-hidden': true } as const;

/** A cross alone has no name. */
function closable() {
  return { closeButtonProps: { 'aria-label': textsFor(currentLanguage(), commonTexts)('close') } };
}

/** Says that something was done. Only where the screen itself does not show it. */
export function showDone(message: string): void {
  notifications.show({
    ...closable(),
    message,
    color: 'moss',
    icon: <IconCheck {...icon} />,
    autoClose: doneMilliseconds,
  });
}

/** Says what was done and offers to take it back for eight seconds. `onUndo` runs at most once. */
export function showUndo(message: string, onUndo: () => void | Promise<void>): void {
  const t = textsFor(currentLanguage(), commonTexts);
  let open = true;
  const id = notifications.show({
    ...closable(),
    color: 'moss',
    icon: <IconCheck {...icon} />,
    autoClose: undoMilliseconds,
    message: (
      <Group justify="space-between" gap="xs">
        <Text component="span" flex="1 1 11rem">
          {message}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowBackUp size={16} />}
          style={{ flex: 'none' }}
          onClick={() => {
            if (!open) return;
            open = false;
            notifications.hide(id);
            void onUndo();
          }}
        >
          {t('undo')}
        </Button>
      </Group>
    ),
  });
}

/** Says something that is neither good nor bad: what will happen, what was left out. */
export function showInfo(message: string, title?: string): void {
  notifications.show({
    ...closable(),
    ...(title === undefined ? {} : { title }),
    message,
    color: 'info',
    icon: <IconInfoCircle {...icon} />,
    autoClose: infoMilliseconds,
  });
}

/** Says that something failed that has no place of its own on the screen. Stays until it is closed. */
export function showProblem(code: ErrorCode, details?: ErrorDetails): void {
  const { title, sentence } = errorText(currentLanguage(), code, details);
  notifications.show({
    ...closable(),
    title,
    message: sentence,
    color: 'alarm',
    icon: <IconAlertTriangle {...icon} />,
    autoClose: false,
  });
}
