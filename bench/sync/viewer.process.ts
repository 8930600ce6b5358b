import { eq, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { Edit } from '../../shared/sync/edit.ts';
import { readConfig } from '../../viewer/server/config.ts';
import { rateLimitTable } from '../../viewer/server/db/auth-schema.ts';
import { changeLogTable, organisationHeadTable } from '../../viewer/server/db/schema.ts';
import { type RunningViewer, startViewer } from '../../viewer/server/index.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { serve } from '../lib/child.ts';
import { unitFields } from './messages.ts';

/** The viewer as it is delivered, in a process of its own. */
let running: RunningViewer | null = null;

function viewer(): RunningViewer {
  if (running === null) throw new Error('The viewer is not open');
  return running;
}

const api = {
  open: async (databaseUrl: string, dataFolder: string) => {
    const environment = { DATABASE_URL: databaseUrl, DATA_DIR: dataFolder, PORT: '0', LOG_LEVEL: 'warn' };
    running = await startViewer(await readConfig(environment));
    return running.url;
  },
  /** A code for the first desk of a company. */
  pairingCode: async () => (await createPairingCode(viewer().viewer, null)).code,
  /** Takes back what the limits counted: a bench pairs more desks in a minute than an office in a year. */
  forgetAttempts: () =>
    viewer()
      .viewer.global.delete(rateLimitTable)
      .then(() => undefined),
  /** Writes units as the viewer's own code does, a changeset of 500 at a time. */
  addUnits: async (organisationId: string, propertyId: string, from: number, count: number) => {
    const ids: string[] = [];
    for (let start = 0; start < count; start += 500) {
      const edits = Array.from({ length: Math.min(500, count - start) }, (_, index): Edit => {
        return { entity: 'unit', id: v7(), set: unitFields(propertyId, from + start + index) };
      });
      await viewer().viewer.company(organisationId, ({ write }) => write({ kind: 'server' }, edits));
      ids.push(...edits.map((edit) => edit.id));
    }
    return ids;
  },
  head: (organisationId: string) =>
    viewer().viewer.company(organisationId, async ({ tx }) => {
      const [row] = await tx
        .select()
        .from(organisationHeadTable)
        .where(eq(organisationHeadTable.organisationId, organisationId));
      return row?.head ?? 0;
    }),
  /** The log of a company: how many changes of units, how many distinct, and whether the sequence has a hole. */
  log: (organisationId: string) =>
    viewer().viewer.company(organisationId, async ({ tx }) => {
      const [row] = await tx
        .select({
          changes: sql<number>`count(*) filter (where ${changeLogTable.entity} = 'unit')::int`,
          distinct: sql<number>`count(distinct ${changeLogTable.changeId}) filter (where ${changeLogTable.entity} = 'unit')::int`,
          holes: sql<number>`(max(${changeLogTable.seq}) - count(*))::int`,
        })
        .from(changeLogTable)
        .where(eq(changeLogTable.organisationId, organisationId));
      return row ?? { changes: 0, distinct: 0, holes: 0 };
    }),
  stop: () => viewer().stop(),
};

/** What the viewer's process answers. */
export type ViewerApi = typeof api;

serve(api);
