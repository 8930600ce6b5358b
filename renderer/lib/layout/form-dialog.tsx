import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { confirm } from '../../../shared/ui/confirm.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';

interface FormDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  /** Says the deed: "Objekt anlegen". */
  readonly submitLabel: string;
  readonly running: boolean;
  /** Something was entered: closing asks first. */
  readonly dirty: boolean;
  readonly size?: number | string;
  /** Left of the buttons. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A form in a dialog: Enter does it, Escape leaves it and asks before it throws entries away. Mount it to open it. */
export function FormDialog(props: FormDialogProps) {
  const t = useTexts(commonTexts);
  const leave = async () => {
    const discard =
      !props.dirty ||
      (await confirm({
        title: t('unsavedTitle'),
        body: t('unsavedBody'),
        confirmLabel: t('unsavedDiscard'),
        cancelLabel: t('unsavedStay'),
        danger: true,
      }));
    if (discard) props.onClose();
  };
  return (
    <Modal
      opened
      onClose={() => void leave()}
      title={props.title}
      size={props.size ?? 520}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={props.onSubmit} noValidate>
        <Stack gap="md">
          {props.children}
          <Group justify="flex-end" mt="sm">
            {props.footer}
            <Button variant="default" onClick={() => void leave()}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={props.running}>
              {props.submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
