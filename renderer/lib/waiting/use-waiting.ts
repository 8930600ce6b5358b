import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { maxWaitingAsked } from '../../../shared/features/sync/waiting-contract.ts';
import { call, keyOf } from '../client.ts';
import { useOperation } from '../queries.ts';

/** What a row waits for: the sync, or a file of its that the viewer does not hold yet. */
export type Waiting = 'change' | 'file';

/** While something waits it is asked for again: what has gone out is not always told (milliseconds). */
const askAgain = 2_000;

/**
 * Tells what rows wait for; null for those that wait for nothing. A desk without a viewer has nothing to wait for.
 * @param ids rows of any kind; those past the first thousand are not looked at
 */
export function useWaiting(ids: readonly string[]): (id: string) => Waiting | null {
  const { data: sync } = useOperation('sync.state', {});
  const input = { ids: ids.slice(0, maxWaitingAsked) };
  const { data } = useQuery({
    queryKey: keyOf('sync.waiting', input),
    queryFn: () => call('sync.waiting', input),
    enabled: ids.length > 0 && sync !== undefined && sync.connection !== 'not-paired',
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) =>
      (state.data?.changes.length ?? 0) + (state.data?.files.length ?? 0) > 0 ? askAgain : false,
  });
  return useCallback(
    (id) => (data?.files.includes(id) ? 'file' : data?.changes.includes(id) ? 'change' : null),
    [data],
  );
}
