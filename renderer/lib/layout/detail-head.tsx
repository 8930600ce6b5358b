import { ActionIcon, Group, Menu, Title, Tooltip } from '@mantine/core';
import { IconDots, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import classes from './detail-head.module.css';

interface DetailHeadProps {
  readonly picture?: ReactNode;
  readonly title: ReactNode;
  readonly titleLines?: 1 | 2;
  /** Beside the title. */
  readonly state?: ReactNode;
  /** Under the title. */
  readonly note: ReactNode;
  /** What one does most. */
  readonly deeds: ReactNode;
  /** Menu items for the rest; without them there is no menu. */
  readonly menu?: ReactNode;
  readonly onClose: () => void;
  /** Tabs follow and draw the line themselves. */
  readonly withoutLine?: boolean;
  /** In a narrow pane the deeds go below the title. */
  readonly wraps?: boolean;
}

/** The head of what is open beside a list: what it is, what one can do with it, and the way out. */
export function DetailHead(props: DetailHeadProps) {
  return (
    <div
      className={classes.head}
      data-picture={props.picture !== undefined || undefined}
      data-line={props.withoutLine !== true || undefined}
      data-wraps={props.wraps || undefined}
    >
      {props.picture}
      <div className={classes.names}>
        <Group gap="sm" wrap="nowrap">
          <Title order={2} lineClamp={props.titleLines ?? 1} style={{ overflowWrap: 'anywhere' }}>
            {props.title}
          </Title>
          {props.state}
        </Group>
        {props.note}
      </div>
      {props.deeds}
      {props.menu !== undefined && <MoreMenu>{props.menu}</MoreMenu>}
      <CloseDetail onClose={props.onClose} />
    </div>
  );
}

/** What is done seldom, behind three dots. */
export function MoreMenu({ children }: { readonly children: ReactNode }) {
  const t = useTexts(commonTexts);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

/** The way back to the list alone. */
export function CloseDetail({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(commonTexts);
  return (
    <Tooltip label={t('close')}>
      <ActionIcon aria-label={t('close')} onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
