import { Text, UnstyledButton } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import classes from './first-run.module.css';

interface ChoiceProps {
  readonly icon: TablerIcon;
  readonly label: string;
  readonly hint: string;
  readonly onClick: () => void;
}

/** One of few ways to go on, with a sentence about it. */
export function Choice({ icon: Icon, label, hint, onClick }: ChoiceProps) {
  return (
    <UnstyledButton className={classes.choice} onClick={onClick}>
      <Icon size={28} aria-hidden="true" />
      <span>
        <Text component="span" display="block" fw={600}>
          {label}
        </Text>
        <Text component="span" display="block" c="dimmed">
          {hint}
        </Text>
      </span>
    </UnstyledButton>
  );
}
