import './states.css';
import { Stack, Text, Title, type TitleOrder } from '@mantine/core';
import type { ReactNode } from 'react';
import { Illustration, type IllustrationName } from './illustrations.tsx';

interface EmptyStateProps {
  readonly illustration: IllustrationName;
  readonly title: string;
  /** What to do next, in a sentence. */
  readonly children?: ReactNode;
  /** The button that does it. */
  readonly action?: ReactNode;
  /** For panes and cards: smaller drawing, less air. */
  readonly compact?: boolean;
  /** Level of the heading where the page needs another one; it looks the same. */
  readonly headingOrder?: TitleOrder;
}

/** A place where nothing is yet: says so, and what to do next. */
export function EmptyState({
  illustration,
  title,
  children,
  action,
  compact = false,
  headingOrder = compact ? 4 : 3,
}: EmptyStateProps) {
  return (
    <Stack className="tp-state" align="center" justify="center" gap={compact ? 8 : 12} py={compact ? 16 : 32} px="md">
      <Illustration name={illustration} width={compact ? 104 : 160} />
      <Title order={headingOrder} size={compact ? 'h4' : 'h3'} ta="center">
        {title}
      </Title>
      {children !== undefined && (
        <Text component="div" c="dimmed" ta="center" maw="26rem">
          {children}
        </Text>
      )}
      {action !== undefined && <div className="tp-state-action">{action}</div>}
    </Stack>
  );
}
