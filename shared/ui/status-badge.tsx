import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconLock,
  IconPencil,
  IconPointFilled,
  IconProgress,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What a status means; the label says which one it is. */
export type Tone = 'neutral' | 'new' | 'active' | 'waiting' | 'good' | 'problem' | 'draft' | 'internal' | 'off';

const looks: Readonly<Record<Tone, { readonly color: string; readonly icon: TablerIcon }>> = {
  neutral: { color: 'gray', icon: IconCircle },
  new: { color: 'info', icon: IconPointFilled },
  active: { color: 'accent', icon: IconProgress },
  waiting: { color: 'amber', icon: IconClock },
  good: { color: 'moss', icon: IconCircleCheck },
  problem: { color: 'alarm', icon: IconAlertTriangle },
  draft: { color: 'gray', icon: IconPencil },
  internal: { color: 'amber', icon: IconLock },
  off: { color: 'gray', icon: IconCircleDashed },
};

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  /** Instead of the icon of the tone. */
  readonly icon?: TablerIcon;
  readonly size?: 'sm' | 'md' | 'lg';
}

/** A status as icon and label, never by colour alone. */
export function StatusBadge({ tone, children, icon, size }: StatusBadgeProps) {
  const { color, icon: usual } = looks[tone];
  const Icon = icon ?? usual;
  return (
    <Badge
      className="tp-status"
      color={color}
      size={size}
      leftSection={<Icon size={size === 'lg' ? 16 : 14} aria-hidden="true" />}
    >
      {children}
    </Badge>
  );
}

/** The tone of a portal account. */
export function toneOfAccount(state: 'invited' | 'expired' | 'registered' | 'disabled'): Tone {
  const tones = { invited: 'waiting', expired: 'problem', registered: 'good', disabled: 'off' } as const;
  return tones[state];
}

/** The tone of a notice or document on its way to the portal. */
export function toneOfPublication(state: 'draft' | 'queued' | 'published'): Tone {
  const tones = { draft: 'draft', queued: 'waiting', published: 'good' } as const;
  return tones[state];
}
