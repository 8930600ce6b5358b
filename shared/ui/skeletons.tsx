import { Group, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from './common-texts.ts';
import { useTexts } from './texts.ts';

/** Widths that look like text and are the same at every render, so that nothing flickers. */
const widths = [62, 48, 71, 55, 40, 66, 52, 59] as const;
const widthOf = (index: number) => `${widths[index % widths.length]}%`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

function Loading({ children }: { readonly children: ReactNode }) {
  const t = useTexts(commonTexts);
  return (
    <div aria-busy="true">
      <span className="tp-visually-hidden" role="status">
        {t('loading')}
      </span>
      {children}
    </div>
  );
}

/** Rows of a table or list, as high as the real ones. */
export function ListSkeleton({ rows = 8, avatars = false }: { readonly rows?: number; readonly avatars?: boolean }) {
  return (
    <Loading>
      {numbers(rows).map((row) => (
        <Group key={row} wrap="nowrap" gap="md" px="sm" h="var(--tp-row)">
          {avatars && <Skeleton circle height={24} style={{ flex: 'none' }} />}
          <Skeleton height={10} width="12%" />
          <Skeleton height={10} width={widthOf(row)} />
          <Skeleton height={10} width="10%" />
        </Group>
      ))}
    </Loading>
  );
}

/** A detail page: heading, tabs, pairs of label and value. */
export function DetailSkeleton() {
  return (
    <Loading>
      <Stack gap="lg" p="md">
        <Group wrap="nowrap">
          <Skeleton height={64} width={88} style={{ flex: 'none' }} />
          <Stack gap="sm" flex={1}>
            <Skeleton height={16} width="45%" />
            <Skeleton height={10} width="30%" />
          </Stack>
        </Group>
        <Group gap="md">
          {numbers(4).map((tab) => (
            <Skeleton key={tab} height={10} width={72} />
          ))}
        </Group>
        <Stack gap="md">
          {numbers(6).map((row) => (
            <Group key={row} wrap="nowrap" gap="md">
              <Skeleton height={10} width="18%" />
              <Skeleton height={10} width={widthOf(row)} />
            </Group>
          ))}
        </Stack>
      </Stack>
    </Loading>
  );
}

/** Cards of a board or an overview. */
export function CardsSkeleton({ cards = 3, columns = 1 }: { readonly cards?: number; readonly columns?: number }) {
  return (
    <Loading>
      <SimpleGrid cols={{ base: 1, sm: columns }} spacing="md">
        {numbers(cards).map((card) => (
          <Stack key={card} className="tp-card" gap="sm">
            <Skeleton height={14} width={widthOf(card + 3)} />
            <Skeleton height={10} width="28%" />
            <Skeleton height={10} mt={4} />
            <Skeleton height={10} />
            <Skeleton height={10} width={widthOf(card)} />
          </Stack>
        ))}
      </SimpleGrid>
    </Loading>
  );
}

/** A conversation: entries of different length. */
export function ConversationSkeleton() {
  return (
    <Loading>
      <Stack gap="md" p="md">
        {numbers(3).map((entry) => (
          <Stack key={entry} className="tp-card" gap="sm" w="80%" ml={entry === 1 ? 'auto' : 0}>
            <Skeleton height={10} width="30%" />
            <Skeleton height={10} />
            <Skeleton height={10} width={widthOf(entry)} />
          </Stack>
        ))}
      </Stack>
    </Loading>
  );
}
