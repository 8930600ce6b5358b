import type { SyncState } from '../../shared/features/sync/contract.ts';
import type { Tone } from '../../shared/ui/status-badge.tsx';

/** How the connection to the viewer looks. */
export const connectionTones: Readonly<Record<SyncState['connection'], Tone>> = {
  'not-paired': 'off',
  offline: 'waiting',
  connecting: 'active',
  online: 'good',
  paused: 'waiting',
  revoked: 'problem',
  'update-needed': 'problem',
};
