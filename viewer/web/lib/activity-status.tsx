import { IconCircleCheck, IconProgress } from '@tabler/icons-react';
import { StatusBadge } from '../../../shared/ui/status-badge.tsx';

interface ActivityStatusProps {
  /** The company's own word. */
  readonly status: string;
  readonly isClosed: boolean;
}

/** The status of a matter as residents see it. */
export function ActivityStatus({ status, isClosed }: ActivityStatusProps) {
  return (
    <StatusBadge tone={isClosed ? 'off' : 'active'} icon={isClosed ? IconCircleCheck : IconProgress}>
      {status}
    </StatusBadge>
  );
}
