import { asc, eq } from 'drizzle-orm';
import pg from 'pg';
import { entityNames } from '../../shared/sync/entities.ts';
import { canonicalJson, type RowState } from '../../shared/sync/merge.ts';
import type { DeviceCaller, RequestContext, Viewer } from '../../viewer/server/context.ts';
import { createCompanyRunner } from '../../viewer/server/db/company.ts';
import { entityTables } from '../../viewer/server/db/entity-tables.ts';
import { migrateDatabase } from '../../viewer/server/db/migrate.ts';
import { openConnections } from '../../viewer/server/db/pool.ts';
import { changeLogTable, organisationHeadTable, quarantineTable } from '../../viewer/server/db/schema.ts';
import { numberActivities, reopenActivities } from '../../viewer/server/features/activities/consequences.ts';
import { syncHandlers } from '../../viewer/server/features/sync/handlers.ts';
import { type CommitDeps, createWriteEdits } from '../../viewer/server/sync/commit.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { publishQueued } from '../../viewer/server/sync/publication.ts';
import { readStates } from '../../viewer/server/sync/rows.ts';
import type { Break } from './breaks/breaks.ts';
import type { Waits } from './scheduler.ts';
import { scope } from './scope.ts';
import { troubled } from './transactions.ts';

/** The viewer's sync on a real PostgreSQL, without HTTP: the simulator puts its faults where the network would be. */
export interface SimulatedViewer {
  readonly url: string;
  readonly viewer: Viewer;
  readonly handlers: ReturnType<typeof syncHandlers>;
  readonly context: (caller: DeviceCaller | null) => RequestContext;
  readonly pairingCode: (
    owner: { readonly organisationId: string; readonly staffId: string } | null,
  ) => Promise<string>;
  /** Every row of a company with its clock, canonical: what all desks must hold. */
  readonly rows: (organisationId: string) => Promise<ReadonlyMap<string, string>>;
  readonly log: (organisationId: string) => Promise<readonly (typeof changeLogTable.$inferSelect)[]>;
  readonly refused: (organisationId: string) => Promise<readonly (typeof quarantineTable.$inferSelect)[]>;
  readonly head: (organisationId: string) => Promise<{ readonly epoch: string; readonly head: number }>;
  /** How many changes stand at or below a sequence, without those that were erased. */
  readonly logged: (organisationId: string, upTo: number) => Promise<number>;
  /** Looks past every company, as the database's owner. */
  readonly owner: pg.Pool;
  readonly waits: Waits;
  readonly close: () => Promise<void>;
}

/** Opens a viewer on a database; time and ids come from the run that works with it. */
export async function openSimulatedViewer(url: string, mistake: Break | null): Promise<SimulatedViewer> {
  await migrateDatabase(url);
  let closed = false;
  const fail = (error: Error): void => {
    // At the end of everything the server cuts what is still idle.
    if (!closed) throw error;
  };
  const connections = await openConnections(url, fail);
  const owner = new pg.Pool({ connectionString: url, max: 4 });
  owner.on('error', fail);
  const deps: CommitDeps = {
    now,
    newId,
    consequences: [numberActivities, reopenActivities, publishQueued],
    ...mistake?.commit?.(owner),
  };
  const viewer: Viewer = {
    now,
    newId,
    company: troubled(createCompanyRunner(connections.db, createWriteEdits(deps))),
    global: connections.db,
    blobs: {
      adopt: async () => undefined,
      has: async () => false,
      open: async () => {
        throw new Error('Files go through the viewer of files.ts');
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as Viewer;
  return {
    url,
    viewer,
    handlers: syncHandlers(deps),
    context: (caller) => ({
      ...viewer,
      caller: caller ?? { kind: 'anonymous' },
      request: { headers: new Headers(), ip: '127.0.0.1', setCookie: () => undefined },
    }),
    pairingCode: async (company) => (await createPairingCode(viewer, company)).code,
    rows: (organisationId) =>
      viewer.company(organisationId, async ({ tx }) => {
        const all = new Map<string, string>();
        for (const entity of entityNames) {
          const table = entityTables[entity];
          const ids = await tx.select({ id: table.id }).from(table).where(eq(table.organisationId, organisationId));
          if (ids.length === 0) continue;
          const states = await readStates(
            tx,
            organisationId,
            entity,
            ids.map((row) => row.id),
          );
          for (const [id, state] of states) all.set(`${entity} ${id}`, canonicalState(state));
        }
        return all;
      }),
    log: (organisationId) =>
      viewer.company(organisationId, ({ tx }) =>
        tx
          .select()
          .from(changeLogTable)
          .where(eq(changeLogTable.organisationId, organisationId))
          .orderBy(asc(changeLogTable.seq)),
      ),
    refused: (organisationId) =>
      viewer.company(organisationId, ({ tx }) =>
        tx.select().from(quarantineTable).where(eq(quarantineTable.organisationId, organisationId)),
      ),
    head: (organisationId) =>
      viewer.company(organisationId, async ({ tx }) => {
        const [row] = await tx
          .select()
          .from(organisationHeadTable)
          .where(eq(organisationHeadTable.organisationId, organisationId));
        if (row === undefined) throw new Error('Company without a head');
        return row;
      }),
    logged: async (organisationId, upTo) => {
      const { rows } = await owner.query<{ n: number }>(
        `select count(*)::int as n from change_log
         where organisation_id = $1 and seq <= $2 and change->'set' <> '{}'`,
        [organisationId, upTo],
      );
      return rows[0]?.n ?? 0;
    },
    owner,
    waits: async () => {
      const { rows } = await owner.query<{ pid: number; ahead: number[] }>(
        `select pid, pg_blocking_pids(pid) as ahead from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.flatMap(({ pid, ahead }) => (ahead.length === 0 ? [] : [[pid, ahead] as const]));
    },
    close: async () => {
      closed = true;
      await owner.end();
      await connections.close();
    },
  };
}

/** The run's virtual time; the real one for what stands outside of every run. */
function now(): number {
  return scope()?.run.time.now ?? Date.UTC(2026, 0, 1);
}

function newId(): string {
  const here = scope();
  if (here === null) throw new Error('Only a run makes ids');
  return here.chance.uuid(here.run.time.now);
}

/** A row with its clock as text that both databases write alike. */
export function canonicalState(state: RowState): string {
  return canonicalJson(JSON.parse(JSON.stringify(state)));
}
