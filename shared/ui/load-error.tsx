import './states.css';
import { Button, Stack, Text, Title, type TitleOrder } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { assertNever, type ErrorCode, type ErrorDetails } from '../lib/errors.ts';
import { commonTexts } from './common-texts.ts';
import { useErrorText } from './error-texts.ts';
import { Illustration, type IllustrationName } from './illustrations.tsx';
import { useTexts } from './texts.ts';

interface LoadErrorProps {
  readonly code: ErrorCode;
  readonly details?: ErrorDetails;
  /** Without it there is no button: signing in again, for example, is offered elsewhere. */
  readonly onRetry?: () => void;
  readonly retrying?: boolean;
  /** `page` fills a pane, `inline` is a strip inside a form or list. */
  readonly kind?: 'page' | 'inline';
  /** Level of the heading where the page needs another one; it looks the same. */
  readonly headingOrder?: TitleOrder;
}

function illustrationOf(code: ErrorCode): IllustrationName {
  if (code === 'offline' || code === 'viewer-unreachable') return 'offline';
  if (code === 'not-found') return 'nothing-found';
  return code === 'not-signed-in' || code === 'device-revoked' ? 'key' : 'error';
}

/** Why something could not be loaded or done, and the way on. Announced to screen readers. */
export function LoadError({
  code,
  details,
  onRetry,
  retrying = false,
  kind = 'page',
  headingOrder = 3,
}: LoadErrorProps) {
  const t = useTexts(commonTexts);
  const { title, sentence } = useErrorText()(code, details);
  const retry = onRetry !== undefined && (
    <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry} loading={retrying}>
      {t('retry')}
    </Button>
  );
  switch (kind) {
    case 'page':
      return (
        <Stack className="tp-state" role="alert" align="center" justify="center" gap={12} py={32} px="md">
          <Illustration name={illustrationOf(code)} />
          <Title order={headingOrder} size="h3" ta="center">
            {title}
          </Title>
          <Text c="dimmed" ta="center" maw="28rem">
            {sentence}
          </Text>
          {retry}
        </Stack>
      );
    case 'inline':
      return (
        <div className="tp-strip" data-tone="alarm" role="alert">
          <IconAlertTriangle size={20} aria-hidden="true" />
          <div className="tp-strip-body">
            <Text fw={600}>{title}</Text>
            <Text>{sentence}</Text>
          </div>
          {retry}
        </div>
      );
    default:
      return assertNever(kind);
  }
}
