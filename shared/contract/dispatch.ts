import { type Envelope, OperationError } from '../lib/errors.ts';
import { defaultMaxBytes } from './define.ts';
import { findOperation, type Handlers, type OperationName } from './registry.ts';

/** What dispatching tells a log: never inputs or values. */
export interface DispatchLog {
  readonly warn: (facts: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, message: string) => void;
}

/**
 * One loop for every transport: finds the operation, checks size and input, calls the handler, wraps the result. Never
 * throws; a programming error becomes `internal`, its message stays in the log.
 * @param bytes size of the input as it arrived
 */
export async function dispatch<Names extends OperationName, Context>(
  handlers: Handlers<Names, Context>,
  context: Context,
  name: string,
  input: unknown,
  bytes: number,
  log: DispatchLog,
): Promise<Envelope<unknown>> {
  const definition = findOperation(name);
  const handler = Object.hasOwn(handlers, name)
    ? (handlers as Readonly<Record<string, (context: Context, input: unknown) => unknown>>)[name]
    : undefined;
  if (definition === undefined || handler === undefined) {
    log.warn({ operation: name.slice(0, 80) }, 'unknown operation');
    return failure(new OperationError('unknown-operation'));
  }
  const limit = definition.maxBytes ?? defaultMaxBytes;
  if (bytes > limit) {
    log.warn({ operation: name, bytes, limit }, 'oversized input');
    return failure(new OperationError('too-large', { limit }));
  }
  const parsed = definition.input.safeParse(input);
  if (!parsed.success) {
    const paths = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.'));
    log.warn({ operation: name, paths }, 'malformed input');
    return failure(new OperationError('invalid-input', { paths }));
  }
  try {
    return { ok: await handler(context, parsed.data) };
  } catch (error) {
    if (error instanceof OperationError) return failure(error);
    log.error({ operation: name, err: error }, 'operation failed');
    return failure(new OperationError('internal'));
  }
}

/** The envelope of an expected failure. */
export function failure(error: OperationError): Envelope<never> {
  return { error: { code: error.code, details: error.details } };
}
