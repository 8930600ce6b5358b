import type { SyncState } from '../../shared/features/sync/contract.ts';

/** A desk that is connected and holds everything, at 10:42 in Berlin. */
export const testSyncState: SyncState = {
  connection: 'online',
  viewerUrl: 'https://portal.example',
  confirmedAt: '2026-11-23T09:42:00.000Z',
  pendingChanges: 0,
  uploads: [],
  downloads: [],
  pendingUploads: 0,
  pendingUploadBytes: 0,
  conflicts: 0,
  rejected: 0,
  lastError: null,
  updateNeeded: null,
  failingSince: null,
  bootstrap: null,
  selfCheck: null,
};
