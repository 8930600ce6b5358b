import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { serve } from '../../lib/child.ts';

/** The least that hands out rows: PostgreSQL's COPY of the table through gzip over HTTP. */
const columns = `id, property_id, number, location, usage, area_hundredths, rooms_tenths, share_numerator,
  share_denominator, deleted, _clock`;
let client: pg.Client | null = null;

function database(): pg.Client {
  if (client === null) throw new Error('The floor is not open');
  return client;
}

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' });
  const rows = database().query(copyTo(`copy (select ${columns} from unit) to stdout`));
  pipeline(rows, createGzip(), response).catch(() => response.destroy());
});

const api = {
  /** @param databaseUrl of the viewer whose rows it hands out */
  open: async (databaseUrl: string) => {
    client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  /** Bytes of the same rows as NDJSON through gzip: fields, deletion and clock, then the eight fields and id alone. */
  ndjson: async () => {
    const size = async (fields: string): Promise<number> => {
      const text = `select string_agg(row_to_json(r)::text, E'\\n') as lines from (select ${fields} from unit) r`;
      const { rows } = await database().query<{ lines: string }>(text);
      return gzipSync(rows[0]?.lines ?? '').length;
    };
    return { whole: await size(columns), bare: await size(columns.replace(/, deleted, _clock$/, '')) };
  },
};

/** What the floor's server of rows answers. */
export type CopyServerApi = typeof api;

serve(api);
