import { type Envelope, OperationError } from '../lib/errors.ts';
import type { Input, OperationName, Output } from './registry.ts';

/** A typed caller of a set of operations. Rejects with `OperationError`. */
export type Client<Names extends OperationName> = <N extends Names>(name: N, input: Input<N>) => Promise<Output<N>>;

/** A client over a transport that answers envelopes. */
export function createClient<Names extends OperationName>(
  send: (name: Names, input: unknown) => Promise<Envelope<unknown>>,
): Client<Names> {
  return async <N extends Names>(name: N, input: Input<N>): Promise<Output<N>> => {
    const envelope = await send(name, input);
    if ('ok' in envelope) return envelope.ok as Output<N>;
    throw new OperationError(envelope.error.code, envelope.error.details);
  };
}
