import type { ClientBase } from 'pg';

/** Longest text of a statement that is kept, and how many: PostgreSQL holds each once per connection. */
const longest = 4_000;
const most = 200;

const names = new Map<string, string>();
const seen = new Set<string>();

/**
 * The name of a statement that came before, so that PostgreSQL parses and plans it once per connection; undefined for
 * the first time and for what is too long or too much. Texts carry no values, so they repeat.
 */
function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || text.length > longest || names.size >= most) return name;
  if (!seen.delete(text)) {
    if (seen.size >= most) seen.clear();
    seen.add(text);
    return undefined;
  }
  const next = `treppenhaus_${names.size + 1}`;
  names.set(text, next);
  return next;
}

/** Lets a connection keep the statements with parameters that it runs again and again. */
export function keepStatements(client: ClientBase): void {
  const query = client.query.bind(client) as (...args: readonly unknown[]) => unknown;
  const keeping = (config: unknown, values: unknown, ...rest: readonly unknown[]): unknown => {
    const known = isUnnamed(config) && Array.isArray(values) && values.length > 0 ? nameOf(config.text) : undefined;
    return query(known === undefined ? config : { ...(config as object), name: known }, values, ...rest);
  };
  client.query = keeping as typeof client.query;
}

/**
 * Sends `begin` without waiting for its answer: a connection runs its statements in their order, and where this one fails
 * the connection is broken, so that the next fails as well.
 */
export function beginAtOnce(client: ClientBase): void {
  const query = client.query.bind(client) as (...args: readonly unknown[]) => unknown;
  const beginning = (config: unknown, ...rest: readonly unknown[]): unknown => {
    const sent = query(config, ...rest);
    if (!(sent instanceof Promise) || !isUnnamed(config) || !/^begin\b/i.test(config.text)) return sent;
    sent.catch(() => undefined);
    return Promise.resolve({ command: 'BEGIN', rowCount: null, oid: 0, rows: [], fields: [] });
  };
  client.query = beginning as typeof client.query;
}

function isUnnamed(config: unknown): config is { readonly text: string } {
  if (config === null || typeof config !== 'object' || 'submit' in config) return false;
  const { text, name } = config as { readonly text?: unknown; readonly name?: unknown };
  return typeof text === 'string' && name === undefined;
}
