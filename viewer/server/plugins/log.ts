import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { type Logger, pino } from 'pino';
import type { ViewerConfig } from '../config.ts';

/** The viewer's log: JSON lines on standard output, without personal data. */
export function openLog(level: ViewerConfig['logLevel']): Logger {
  return pino({
    level,
    base: null,
    serializers: { err: errorFacts },
    redact: {
      paths: ['email', 'password', 'token', 'name', 'address', '*.email', '*.password', '*.token'],
      remove: true,
    },
  });
}

/**
 * What the log keeps of an error. Messages of the database hold values, those of drizzle even all parameters: of these
 * only what names the place is kept.
 */
export function errorFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof DrizzleQueryError) {
    return { type: 'query', query: error.query.slice(0, 500), cause: errorFacts(error.cause) };
  }
  if (error instanceof DatabaseError) {
    const { code, severity, schema, table, column, constraint, routine } = error;
    return { type: 'database', code, severity, schema, table, column, constraint, routine };
  }
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    code,
    message: withoutValues(error.message),
    stack: withoutValues(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}

/** Addresses and quoted texts are what people wrote. */
function withoutValues(text: string): string {
  return text.replace(/[^\s<>"'()]+@[^\s<>"'()]+/g, '…').replace(/"[^"\n]*"/g, '"…"');
}
