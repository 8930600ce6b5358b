import { OperationError } from '../../shared/lib/errors.ts';
import { Backpressure } from './remote.ts';

/** Times in milliseconds. */
const firstRetry = 1_000;
/** Nobody answers: asking costs little, and people wait for the viewer to come back. */
const longestUnreachable = 6_000;
/** As often as the desk polls anyway. */
const longestReopen = 30_000;
/** Somebody answers, with a problem: asking more often makes it worse. */
const longestProblem = 60_000;

/**
 * How long to wait after a failure (milliseconds), before the jitter.
 * @param failures in a row, this one included
 */
export function retryDelay(error: unknown, failures: number): number {
  if (error instanceof Backpressure) return error.seconds * 1000;
  const unreachable =
    error instanceof OperationError && error.code === 'viewer-unreachable' && error.details.status === undefined;
  return Math.min(unreachable ? longestUnreachable : longestProblem, firstRetry * 2 ** (failures - 1));
}

/**
 * How long to wait before another stream (milliseconds), before the jitter. One that ends may be had again at once; where
 * a proxy lets none through, polling has to do.
 * @param mute streams in a row that said nothing
 */
export function reopenDelay(mute: number): number {
  return Math.min(longestReopen, firstRetry * 2 ** mute);
}

/** Jitter, so that desks that lost the viewer together do not come back together. */
export function jittered(delay: number): number {
  return delay * (0.75 + Math.random() / 2);
}
