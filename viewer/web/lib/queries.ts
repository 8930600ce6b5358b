import {
  MutationCache,
  QueryCache,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { Input, Output } from '../../../shared/contract/registry.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { call } from './client.ts';
import type { PortalOperationName } from './operations.ts';

/** Milliseconds between two looks for new messages while a page is open. */
export const messageInterval = 30_000;

/** A failure as a code; programming errors have none of their own and become `internal`. */
export function operationError(error: unknown): OperationError {
  return error instanceof OperationError ? error : new OperationError('internal');
}

function isUnanswered(error: Error): boolean {
  const { code } = operationError(error);
  return code === 'offline' || code === 'viewer-unreachable';
}

// A session that ends while a page is open leads to the sign-in page, whichever call noticed it first.
function noticeEndOfSession(error: Error): void {
  if (operationError(error).code === 'not-signed-in') queryClient.setQueryData(['accounts.session', {}], null);
}

/** What has been loaded. Emptied when somebody signs out. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEndOfSession }),
  mutationCache: new MutationCache({ onError: noticeEndOfSession }),
  defaultOptions: {
    queries: {
      // Without a network the call itself says so at once; waiting silently would leave a skeleton standing.
      networkMode: 'always',
      staleTime: 10_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: true,
      refetchOnReconnect: 'always',
      retry: (failures, error) => isUnanswered(error) && navigator.onLine && failures < 2,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

interface LoadOptions {
  readonly enabled?: boolean;
  /** Milliseconds; only while the page is looked at. */
  readonly refetchInterval?: number;
}

/** Loads an operation's answer and keeps it fresh. */
export function useLoaded<N extends PortalOperationName>(
  name: N,
  input: Input<N>,
  options: LoadOptions = {},
): UseQueryResult<Output<N>, Error> {
  return useQuery<Output<N>, Error>({ queryKey: [name, input], queryFn: () => call(name, input), ...options });
}

/** Does an operation when asked, and reads again what it changes. */
export function useDeed<N extends PortalOperationName>(
  name: N,
  changes: readonly PortalOperationName[] = [],
): UseMutationResult<Output<N>, Error, Input<N>> {
  return useMutation<Output<N>, Error, Input<N>>({
    mutationFn: (input) => call(name, input),
    onSuccess: () => refresh(...changes),
  });
}

/** Reads the answers of these operations again, those on the screen at once. */
export async function refresh(...names: readonly PortalOperationName[]): Promise<void> {
  await Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}
