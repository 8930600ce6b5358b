import { DrizzleQueryError } from 'drizzle-orm';

/** Whether PostgreSQL ran out of space (SQLSTATE 53100). Nothing of the transaction stays, and a later try may succeed. */
export function databaseIsFull(error: unknown): boolean {
  const cause: unknown = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && 'code' in cause && cause.code === '53100';
}
