import { useEffect } from 'react';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { queryClient } from '../../lib/client.ts';

const lists: readonly string[] = ['sync.queue', 'sync.refused', 'sync.history'];

/** Milliseconds: a queue that drains changes many times a second, and nobody reads that fast. */
const gather = 400;

/** Reads the lists of the page again when the state says that they are others: no `changed` event tells of them. */
export function useFreshLists(state: SyncState | undefined): void {
  const mark =
    state === undefined
      ? ''
      : [state.connection, state.pendingChanges, state.rejected, state.pendingUploads, state.failingSince].join();
  useEffect(() => {
    if (mark === '') return;
    const timer = setTimeout(() => {
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => lists.includes(String(queryKey[0])) });
    }, gather);
    return () => clearTimeout(timer);
  }, [mark]);
}
