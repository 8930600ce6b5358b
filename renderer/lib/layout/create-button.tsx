import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';

interface CreateButtonProps {
  readonly label: string;
  /** Beside an open detail there is no room for words, and the detail has the first deed. */
  readonly narrow: boolean;
  readonly onClick: () => void;
}

/** The first deed of a list: makes a new entry. */
export function CreateButton({ label, narrow, onClick }: CreateButtonProps) {
  if (!narrow) {
    return (
      <Button leftSection={<IconPlus size={16} />} onClick={onClick}>
        {label}
      </Button>
    );
  }
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} onClick={onClick}>
        <IconPlus size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
