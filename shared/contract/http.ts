import type { OperationDefinition } from './define.ts';

/** Input fields that travel in the path of an operation. */
export function pathFields(path: string): readonly string[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].flatMap((match) => (match[1] === undefined ? [] : [match[1]]));
}

/** Method, address and body of a call. GET and DELETE carry the rest of the input in the query. */
export function httpRequest(
  definition: Pick<OperationDefinition, 'http'>,
  input: Readonly<Record<string, unknown>>,
): { readonly method: string; readonly path: string; readonly body: string | null } {
  const http = definition.http;
  if (http === undefined) throw new Error('Not an HTTP operation');
  const rest: Record<string, unknown> = { ...input };
  const path = http.path.replace(/:([A-Za-z]+)/g, (_match, field: string) => {
    const value = rest[field];
    delete rest[field];
    return encodeURIComponent(String(value));
  });
  if (http.method === 'POST' || http.method === 'PUT') return { method: http.method, path, body: JSON.stringify(rest) };
  const query = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return { method: http.method, path: query === '' ? path : `${path}?${query}`, body: null };
}
