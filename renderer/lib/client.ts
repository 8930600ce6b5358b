import { QueryClient } from '@tanstack/react-query';
import type { DeskBridge } from '../../shared/contract/bridge.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import type { DeskOperationName, Input, Output } from '../../shared/contract/registry.ts';
import { assertNever, OperationError } from '../../shared/lib/errors.ts';
import { createBrowserBridge } from './browser-bridge.ts';
import { reportProgress } from './progress.ts';
import { featuresShowing } from './reads.ts';

declare global {
  interface Window {
    /** Put there by the preload in Electron; absent in the browser host. */
    readonly desk?: DeskBridge;
  }
}

/** Reads are local and cheap, and `changed` says when they are stale: nothing is refetched on a timer or on focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Reads everything that is shown again: events may have been missed. */
export function readEverythingAgain(): void {
  void queryClient.invalidateQueries();
}

const restartListeners = new Set<() => void>();

/** Tells when the service was lost and came back. Returns the function that ends the subscription. */
export function onRestart(listener: () => void): () => void {
  restartListeners.add(listener);
  return () => restartListeners.delete(listener);
}

const bridge: DeskBridge = window.desk ?? createBrowserBridge(readEverythingAgain);

/** Calls an operation of the desk service; rejects with `OperationError`. */
export const call: Client<DeskOperationName> = createClient<DeskOperationName>(bridge.call);

/** The cache key of a read. */
export function keyOf<N extends DeskOperationName>(name: N, input: Input<N>): readonly [N, Input<N>] {
  return [name, input];
}

/** The error of a failed call; anything else is a fault of this program and said as such. */
export function asOperationError(error: unknown): OperationError {
  return error instanceof OperationError ? error : new OperationError('internal');
}

/** Overwrites what a read holds, where an event or an answer brought the newer value. */
export function keep<N extends DeskOperationName>(name: N, input: Input<N>, value: Output<N>): void {
  queryClient.setQueryData(keyOf(name, input), value);
}

const gathered = new Set<string>();

/** A pull or an import commits many times in a row: one reading again serves them all. */
function readAgain(entities: readonly string[]): void {
  const waiting = gathered.size > 0;
  for (const feature of featuresShowing(entities)) gathered.add(feature);
  if (waiting || gathered.size === 0) return;
  setTimeout(() => {
    const features = new Set(gathered);
    gathered.clear();
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => typeof queryKey[0] === 'string' && features.has(queryKey[0].split('.')[0] ?? ''),
    });
  }, 40);
}

function receive(message: EventMessage): void {
  switch (message.event) {
    case 'changed':
      readAgain(message.payload.entities);
      return;
    case 'progress':
      reportProgress(message.payload);
      return;
    case 'sync':
      keep('sync.state', {}, message.payload);
      return;
    case 'restarted':
      readEverythingAgain();
      for (const listener of restartListeners) listener();
      return;
    default:
      assertNever(message);
  }
}

bridge.on(receive);
