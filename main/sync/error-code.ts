import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import { isDiskFull } from '../db/disk-full.ts';

/** The code for why the sync stopped; `internal` for what nobody expected. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (isDiskFull(error)) return 'disk-full';
  if (!(error instanceof OperationError)) return 'internal';
  // Nobody is asked to make room on this computer for a disk that is elsewhere.
  return error.code === 'disk-full' && error.details.at === 'viewer' ? 'viewer-full' : error.code;
}
