import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import pg from 'pg';
import { v7 } from 'uuid';
import { openDatabase } from '../../main/db/database.ts';
import { entityTables as deskTables } from '../../main/db/entity-tables.ts';
import { metaKeys, metaText, openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { createWriter } from '../../main/db/write.ts';
import { openQueue } from '../../main/sync/queue.ts';
import type { Remote, ViewerOperation } from '../../main/sync/remote.ts';
import { createRound } from '../../main/sync/round.ts';
import { findOperation } from '../../shared/contract/registry.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import { entityNames } from '../../shared/sync/entities.ts';
import { canonicalJson, type RowState } from '../../shared/sync/merge.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import type { DeviceCaller, RequestContext, Viewer } from '../../viewer/server/context.ts';
import { createCompanyRunner } from '../../viewer/server/db/company.ts';
import { entityTables } from '../../viewer/server/db/entity-tables.ts';
import { migrateDatabase } from '../../viewer/server/db/migrate.ts';
import { openConnections } from '../../viewer/server/db/pool.ts';
import { changeLogTable, quarantineTable } from '../../viewer/server/db/schema.ts';
import { numberActivities, reopenActivities } from '../../viewer/server/features/activities/consequences.ts';
import { syncHandlers } from '../../viewer/server/features/sync/handlers.ts';
import { type CommitDeps, createWriteEdits } from '../../viewer/server/sync/commit.ts';
import type { CommittedChange } from '../../viewer/server/sync/consequences.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { publishQueued } from '../../viewer/server/sync/publication.ts';
import { readStates } from '../../viewer/server/sync/rows.ts';
import { createTestDatabase } from './database.ts';

type Rows = ReadonlyMap<string, string>;

/** The viewer's sync on a real PostgreSQL without HTTP, and desks on real files; nothing happens by itself. */
export async function openSync(start = Date.UTC(2026, 10, 23, 9)) {
  const database = await createTestDatabase();
  await migrateDatabase(database.url);
  const connections = await openConnections(database.url, () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'treppenhaus-sync-'));
  const closing: (() => void)[] = [];
  const clock = { now: start };
  /** What people would have been told of: everything that a consequence saw. */
  const told: CommittedChange[] = [];
  const deps: CommitDeps = {
    now: () => clock.now,
    newId: v7,
    consequences: [
      numberActivities,
      reopenActivities,
      publishQueued,
      (_context, committed) => {
        told.push(...committed);
        return Promise.resolve([]);
      },
    ],
  };
  const viewer: Viewer = {
    company: createCompanyRunner(connections.db, createWriteEdits(deps)),
    global: connections.db,
    blobs: {
      adopt: () => Promise.resolve(),
      has: () => Promise.resolve(false),
      open: () => Promise.reject(new Error('No files here')),
    } as unknown as Viewer['blobs'],
    now: deps.now,
    newId: v7,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const handlers = syncHandlers(deps);
  const context = (caller: DeviceCaller | null): RequestContext => ({
    ...viewer,
    caller: caller ?? { kind: 'anonymous' },
    request: { headers: new Headers(), ip: '127.0.0.1', setCookie: () => undefined },
  });

  /** Calls as a paired device does over HTTP: through the schemas, as JSON. */
  const remoteOf = (caller: DeviceCaller | null): Remote =>
    (async (name: ViewerOperation, input: unknown) => {
      const parsed = findOperation(name)?.input.safeParse(JSON.parse(JSON.stringify(input)));
      if (parsed?.success !== true) throw new OperationError('invalid-input');
      const handler = handlers[name as 'sync.push'] as (context: RequestContext, input: unknown) => Promise<unknown>;
      return JSON.parse(JSON.stringify(await handler(context(caller), parsed.data))) as never;
    }) as unknown as Remote;

  const asOwner = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const tables = async (client: pg.Client): Promise<readonly string[]> => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')`,
    );
    return rows.map((row) => row.name);
  };

  return {
    clock,
    told,
    viewer,
    handlers,
    context,
    remoteOf,
    asOwner,
    pairingCode: async (owner: { readonly organisationId: string; readonly staffId: string } | null) =>
      (await createPairingCode(viewer, owner)).code,
    /** Keeps what the database holds now. */
    backup: () =>
      asOwner(async (client) => {
        await client.query('drop schema if exists backup cascade; create schema backup');
        for (const table of await tables(client))
          await client.query(`create table backup."${table.replaceAll('"', '')}" as table ${table}`);
      }),
    /** Brings the database back to the backup. */
    restore: () =>
      asOwner(async (client) => {
        const all = await tables(client);
        await client.query(`truncate ${all.join(', ')}`);
        for (const table of all)
          await client.query(`insert into ${table} select * from backup."${table.replaceAll('"', '')}"`);
      }),
    /** Every row of a company with its clock, canonical: what all desks must hold. */
    rows: (organisationId: string): Promise<Rows> =>
      viewer.company(organisationId, async ({ tx }) => {
        const all = new Map<string, string>();
        for (const entity of entityNames) {
          const table = entityTables[entity];
          const ids = await tx.select({ id: table.id }).from(table).where(eq(table.organisationId, organisationId));
          const states = await readStates(
            tx,
            organisationId,
            entity,
            ids.map((row) => row.id),
          );
          for (const [id, state] of states) all.set(`${entity} ${id}`, canonical(state));
        }
        return all;
      }),
    log: (organisationId: string) =>
      viewer.company(organisationId, ({ tx }) =>
        tx
          .select()
          .from(changeLogTable)
          .where(eq(changeLogTable.organisationId, organisationId))
          .orderBy(asc(changeLogTable.seq)),
      ),
    refused: (organisationId: string) =>
      viewer.company(organisationId, ({ tx }) =>
        tx.select().from(quarantineTable).where(eq(quarantineTable.organisationId, organisationId)),
      ),
    /** A desk that is not paired yet. */
    desk: (name: string) => {
      const sqlite = openDatabase({ path: join(folder, `${name}.sqlite`), key: randomBytes(32) });
      const meta = openMeta(sqlite.sqlite);
      const rows = openRows(sqlite.sqlite);
      const queue = openQueue(sqlite.sqlite, rows);
      const time = { ahead: 0 };
      const now = () => clock.now + time.ahead;
      const text = (key: string) => metaText(meta, key) ?? '';
      const identity = () => ({
        organisationId: text(metaKeys.organisationId),
        staffId: text(metaKeys.staffId),
        deviceId: text(metaKeys.deviceId),
      });
      const nothing = () => undefined;
      const parts = { sqlite: sqlite.sqlite, rows, meta, now };
      const writer = createWriter({ ...parts, identity, newId: v7, committed: nothing });
      const round = createRound({ ...parts, queue, changed: nothing, restored: nothing, progressed: nothing });
      closing.push(sqlite.close);
      const caller = (): DeviceCaller => ({ kind: 'device', ...identity() });
      return {
        ...parts,
        queue,
        time,
        write: writer.write,
        caller,
        pair: async (code: string, organisation: { id: string; name: string; staffId: string } | null) => {
          const paired = await remoteOf(null)('sync.pair', {
            protocol: protocolVersion,
            code,
            deviceName: name,
            appVersion: '0',
            organisation,
          });
          for (const key of ['organisationId', 'staffId', 'deviceId', 'epoch'] as const)
            meta.set(metaKeys[key], paired[key]);
          meta.set(metaKeys.cursor, 0);
        },
        /** One round, over a line of the test's own where it gives one. */
        sync: (line: (remote: Remote) => Remote = (remote) => remote) => round(line(remoteOf(caller()))),
        all: (): Rows => {
          const all = new Map<string, string>();
          for (const entity of entityNames) {
            for (const { id } of sqlite.read.select({ id: deskTables[entity].id }).from(deskTables[entity]).all()) {
              const state = rows.read(entity, id);
              if (state !== null) all.set(`${entity} ${id}`, canonical(state));
            }
          }
          return all;
        },
      };
    },
    close: async () => {
      for (const close of closing) close();
      rmSync(folder, { recursive: true });
      await connections.close();
      await database.drop();
    },
  };
}

export type SyncWorld = Awaited<ReturnType<typeof openSync>>;
export type SyncDesk = ReturnType<SyncWorld['desk']>;

function canonical(state: RowState): string {
  return canonicalJson(JSON.parse(JSON.stringify(state)));
}
