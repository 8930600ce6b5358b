import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { serve } from '../../lib/child.ts';

/**
 * The least that stands between two desks: takes messages over HTTP, commits those of one request durably with one
 * statement, and hands them on over a stream that is open already. No check, no merge, no row.
 */
const streams = new Set<ServerResponse>();
let client: pg.Client | null = null;

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write('\n');
    streams.add(response);
    return;
  }
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece as string;
  await client?.query({
    name: 'keep',
    text: 'insert into floor_log (message) select unnest($1::text[])',
    values: [body.split('\n')],
  });
  for (const stream of streams) stream.write(`${body}\n`);
  response.end('ok');
}

const server = createServer((request, response) => {
  take(request, response).catch(() => response.destroy());
});

const api = {
  open: async (databaseUrl: string) => {
    client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('create table floor_log (seq bigserial primary key, message text not null)');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
};

/** What the floor's server answers. */
export type FloorServerApi = typeof api;

serve(api);
