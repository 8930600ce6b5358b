import { keepPreviousData, type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query';
import type { DeskOperationName, Input, Output } from '../../shared/contract/registry.ts';
import type { OperationError } from '../../shared/lib/errors.ts';
import { showProblem, showUndo } from '../../shared/ui/notify.tsx';
import { asOperationError, call, keyOf } from './client.ts';

interface ReadOptions {
  /** False leaves the read alone, for inputs that are not known yet. */
  readonly enabled?: boolean;
  /** Shows the previous answer while another input is read: no jump while one types or turns pages. */
  readonly keepPrevious?: boolean;
}

/** Reads an operation; read again when a `changed` event names what it shows. `error` is an `OperationError`. */
export function useOperation<N extends DeskOperationName>(
  name: N,
  input: Input<N>,
  { enabled = true, keepPrevious = false }: ReadOptions = {},
): UseQueryResult<Output<N>, OperationError> {
  return useQuery<Output<N>, OperationError>({
    queryKey: keyOf(name, input),
    queryFn: () => call(name, input).catch((error: unknown) => Promise.reject(asOperationError(error))),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

interface Deed<N extends DeskOperationName> {
  /** Does it; null after a failure, which has been said in a notification (or went to `onError`). */
  readonly run: (input: Input<N>) => Promise<Output<N> | null>;
  readonly running: boolean;
}

/**
 * Does something. A failure is said in a notification unless `onError` takes it and returns true. What changed is read
 * again by the `changed` event, not here.
 */
export function useDeed<N extends DeskOperationName>(
  name: N,
  options: { readonly onError?: (error: OperationError) => boolean } = {},
): Deed<N> {
  const { mutateAsync, isPending } = useMutation<Output<N>, OperationError, Input<N>>({
    mutationFn: (input) => call(name, input).catch((error: unknown) => Promise.reject(asOperationError(error))),
  });
  const run = async (input: Input<N>): Promise<Output<N> | null> => {
    try {
      return await mutateAsync(input);
    } catch (error) {
      const known = asOperationError(error);
      if (options.onError?.(known) !== true) showProblem(known.code, known.details);
      return null;
    }
  };
  return { run, running: isPending };
}

type IdsOperation = {
  [N in DeskOperationName]: { readonly ids: string[] } extends Input<N>
    ? Input<N> extends { readonly ids: string[] }
      ? N
      : never
    : never;
}[DeskOperationName];

/** A deed on rows and the one that takes it back. */
export interface Reversible {
  readonly deed: IdsOperation;
  readonly undo: IdsOperation;
}

/** Does something reversible to rows and offers the way back in the notification that says so. */
export function useReversible({ deed, undo }: Reversible) {
  const forward = useDeed(deed);
  const backward = useDeed(undo);
  const run = async (ids: readonly string[], sentence: string): Promise<boolean> => {
    const input = { ids: [...ids] } as Input<IdsOperation>;
    const done = await forward.run(input);
    if (done === null) return false;
    showUndo(sentence, () => void backward.run(input));
    return true;
  };
  return { run, running: forward.running };
}
