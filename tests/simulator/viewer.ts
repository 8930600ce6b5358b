import { asc, eq } from 'drizzle-orm';
import { entityNames } from '../../shared/sync/entities.ts';
import { canonicalJson, type RowState } from '../../shared/sync/merge.ts';
import type { DeviceCaller, RequestContext, Viewer } from '../../viewer/server/context.ts';
import { createCompanyRunner } from '../../viewer/server/db/company.ts';
import { entityTables } from '../../viewer/server/db/entity-tables.ts';
import { migrateDatabase } from '../../viewer/server/db/migrate.ts';
import { openConnections } from '../../viewer/server/db/pool.ts';
import { changeLogTable, quarantineTable } from '../../viewer/server/db/schema.ts';
import { numberActivities, reopenActivities } from '../../viewer/server/features/activities/consequences.ts';
import { syncHandlers } from '../../viewer/server/features/sync/handlers.ts';
import { type CommitDeps, createWriteEdits } from '../../viewer/server/sync/commit.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { publishQueued } from '../../viewer/server/sync/publication.ts';
import { readStates } from '../../viewer/server/sync/rows.ts';

/** The viewer's sync on a real PostgreSQL, without HTTP: the simulator puts its faults where the network would be. */
export interface SimulatedViewer {
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
  readonly close: () => Promise<void>;
}

export async function openSimulatedViewer(
  url: string,
  time: { readonly now: () => number; readonly newId: () => string },
): Promise<SimulatedViewer> {
  await migrateDatabase(url);
  const connections = await openConnections(url, (error) => {
    throw error;
  });
  const deps: CommitDeps = { ...time, consequences: [numberActivities, reopenActivities, publishQueued] };
  const viewer: Viewer = {
    ...time,
    company: createCompanyRunner(connections.db, createWriteEdits(deps)),
    global: connections.db,
    blobs: {
      adopt: async () => undefined,
      has: async () => false,
      open: async () => {
        throw new Error('The simulator moves no files');
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  return {
    viewer,
    handlers: syncHandlers(deps),
    context: (caller) => ({
      ...viewer,
      caller: caller ?? { kind: 'anonymous' },
      request: { headers: new Headers(), ip: '127.0.0.1', setCookie: () => undefined },
    }),
    pairingCode: async (owner) => (await createPairingCode(viewer, owner)).code,
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
    close: connections.close,
  };
}

/** A row with its clock as text that both databases write alike. */
export function canonicalState(state: RowState): string {
  return canonicalJson(JSON.parse(JSON.stringify(state)));
}
