import { createHash } from 'node:crypto';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import pg from 'pg';
import { openDatabase } from '../../main/db/database.ts';
import { entityTables } from '../../main/db/entity-tables.ts';
import { openRows } from '../../main/db/rows.ts';
import { deskPlace } from '../../main/service/place.ts';
import { type DeskService, type DeskServiceOptions, startDeskService } from '../../main/service/service.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { rowText } from '../../shared/sync/checksum.ts';
import { entities, entityNames } from '../../shared/sync/entities.ts';
import { snapshotFields } from '../../shared/sync/snapshot.ts';
import type { TestViewer } from './viewer.ts';

export const deskKey = Buffer.alloc(32, 7);

/** A whole desk service in a folder. */
export interface RunningDesk {
  readonly call: Client<DeskOperationName>;
  readonly service: DeskService;
  readonly database: string;
  readonly heard: EventMessage[];
}

export async function openRunningDesk(folder: string, extra: Partial<DeskServiceOptions> = {}): Promise<RunningDesk> {
  const place = deskPlace(folder);
  const service = await startDeskService({
    ...place,
    key: deskKey,
    shell: {
      host: 'browser',
      keyProtection: 'file',
      notify: () => {},
      openExternal: () => {},
      destroyKey: async () => {},
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ...extra,
  });
  const heard: EventMessage[] = [];
  service.on((message) => heard.push(message));
  return {
    call: createClient<DeskOperationName>((operation, input) => service.callText(operation, JSON.stringify(input))),
    service,
    database: place.database,
    heard,
  };
}

/** Fills a company with people that no log knows, behind everybody's back: enough of them for several chunks. */
export async function fillWithPeople(viewer: TestViewer, organisationId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: viewer.databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO person (organisation_id, id, number, last_name, street, deleted, _clock)
       SELECT $1::uuid, uuidv7(), n::text, 'Person ' || n, md5(n::text) || md5((n + 1)::text), n % 10 = 0,
         jsonb_build_object('row', jsonb_build_object('hlc', lpad((1763906700123 + n)::text, 15, '0') || '-0000',
           'change', uuidv7(), 'by', 'server'), 'groups', '{}'::jsonb)
       FROM generate_series(1, $2::int) AS n`,
      [organisationId, count],
    );
  } finally {
    await client.end();
  }
}

/** Every row of a stopped desk in canonical words, and whether its file is sound. */
export function rowsOnDisk(database: string): ReadonlyMap<string, string> {
  const { sqlite, close } = openDatabase({ path: database, key: deskKey });
  try {
    const rows = openRows(sqlite);
    const found = new Map<string, string>();
    for (const entity of entityNames) {
      const fields = snapshotFields(entities[entity]);
      const { name } = getTableConfig(entityTables[entity]);
      for (const id of sqlite.prepare<[], string>(`select id from "${name}"`).pluck().all()) {
        const state = rows.read(entity, id);
        if (state !== null) found.set(`${entity} ${id}`, rowText(fields, id, state));
      }
    }
    if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error(`${database} is not sound`);
    return found;
  } finally {
    close();
  }
}

/** One word for all rows. */
export function hashOf(rows: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${name} ${text}\n`);
  return hash.digest('hex');
}
