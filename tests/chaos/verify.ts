import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { openDatabase } from '../../main/db/database.ts';
import { entityTables as deskTables } from '../../main/db/entity-tables.ts';
import { openRows } from '../../main/db/rows.ts';
import { outboxTable } from '../../main/db/schema.ts';
import { deskPlace } from '../../main/service/place.ts';
import type { Change } from '../../shared/sync/changes.ts';
import { entityNames } from '../../shared/sync/entities.ts';
import { canonicalJson, type RowState } from '../../shared/sync/merge.ts';
import { createCompanyRunner } from '../../viewer/server/db/company.ts';
import { entityTables as viewerTables } from '../../viewer/server/db/entity-tables.ts';
import { openConnections } from '../../viewer/server/db/pool.ts';
import { changeLogTable, quarantineTable } from '../../viewer/server/db/schema.ts';
import { readStates } from '../../viewer/server/sync/rows.ts';
import { differences, logFaults, lost } from '../simulator/invariants.ts';
import type { DeskProcess } from './processes.ts';
import type { Ledger } from './writers.ts';

type Rows = ReadonlyMap<string, string>;

/** What a desk holds, read from its files after its process has ended. */
export interface DeskHolding {
  readonly name: string;
  readonly folder: string;
  readonly rows: Rows;
  readonly changes: readonly Change[];
  readonly waiting: number;
}

/** What the viewer holds of the one company. */
export interface ViewerHolding {
  readonly organisationId: string;
  readonly rows: Rows;
  readonly log: readonly (typeof changeLogTable.$inferSelect)[];
  readonly refused: readonly (typeof quarantineTable.$inferSelect)[];
}

/** One thing that must hold, and what speaks against it. */
export interface Check {
  readonly name: string;
  readonly faults: readonly string[];
}

/** The key of a desk that keeps it in a file. */
export function deskKey(folder: string): Buffer {
  const { key } = JSON.parse(readFileSync(deskPlace(folder).keyFile, 'utf8')) as { readonly key: string };
  return Buffer.from(key, 'base64');
}

/** Reads a desk's rows with their clocks, and every change it ever put into its queue. */
export function holdingOf(desk: Pick<DeskProcess, 'name' | 'folder'>): DeskHolding {
  const database = openDatabase({ path: deskPlace(desk.folder).database, key: deskKey(desk.folder) });
  try {
    const store = openRows(database.sqlite);
    const rows = new Map<string, string>();
    for (const entity of entityNames) {
      const table = deskTables[entity];
      for (const { id } of database.read.select({ id: table.id }).from(table).all()) {
        const state = store.read(entity, id);
        if (state !== null) rows.set(`${entity} ${id}`, canonical(state));
      }
    }
    const outbox = database.read.select().from(outboxTable).all();
    return {
      name: desk.name,
      folder: desk.folder,
      rows,
      changes: outbox.flatMap((row) => row.changes),
      waiting: outbox.filter((row) => row.state === 'pending').length,
    };
  } finally {
    database.close();
  }
}

/** Reads the company's rows, log and quarantine from the viewer's database. */
export async function viewerHolding(databaseUrl: string, organisationId: string): Promise<ViewerHolding> {
  const connections = await openConnections(databaseUrl, (error) => {
    throw error;
  });
  const company = createCompanyRunner(connections.db, () => Promise.reject(new Error('Nothing is written here')));
  try {
    return await company(organisationId, async ({ tx }) => {
      const rows = new Map<string, string>();
      for (const entity of entityNames) {
        const table = viewerTables[entity];
        const found = await tx.select({ id: table.id }).from(table).where(eq(table.organisationId, organisationId));
        const ids = found.map((row) => row.id);
        if (ids.length === 0) continue;
        const states = await readStates(tx, organisationId, entity, ids);
        for (const [id, state] of states) rows.set(`${entity} ${id}`, canonical(state));
      }
      const log = await tx
        .select()
        .from(changeLogTable)
        .where(eq(changeLogTable.organisationId, organisationId))
        .orderBy(asc(changeLogTable.seq));
      const refused = await tx.select().from(quarantineTable).where(eq(quarantineTable.organisationId, organisationId));
      return { organisationId, rows, log, refused };
    });
  } finally {
    await connections.close();
  }
}

/** Everything that must hold once the lines are good and all is at rest. */
export function checkAll(
  desks: readonly DeskHolding[],
  viewer: ViewerHolding,
  ledger: Ledger,
  blobFolder: string,
): readonly Check[] {
  const acknowledged = new Map(desks.flatMap((desk) => desk.changes.map((change) => [change.id, change] as const)));
  return [
    { name: 'nothing unexpected was answered', faults: ledger.surprises },
    { name: 'what a desk acknowledged is in its queue', faults: notQueued(desks, ledger) },
    { name: 'what the portal acknowledged is in the log', faults: notLogged(viewer, ledger) },
    {
      name: 'every acknowledged change is a value, superseded knowingly, or in the journal',
      faults: lost(acknowledged, viewer.rows, viewer.log, viewer.refused),
    },
    { name: 'nothing was refused', faults: viewer.refused.map(({ code, field }) => `${code} ${field}`) },
    {
      name: 'nothing waits',
      faults: desks.flatMap(({ name, waiting }) => (waiting > 0 ? [`${name} ${waiting}`] : [])),
    },
    {
      name: 'every desk equals the viewer',
      faults: desks.flatMap((desk) => differences(desk.rows, viewer.rows).map((row) => `${desk.name} ${row}`)),
    },
    { name: 'the log has neither holes nor doubles', faults: logFaults(viewer.log) },
    { name: 'numbers are given once', faults: numberFaults(viewer) },
    { name: 'files have the right content', faults: fileFaults(desks, viewer, ledger, blobFolder) },
  ];
}

function notQueued(desks: readonly DeskHolding[], ledger: Ledger): readonly string[] {
  return desks.flatMap((desk) => {
    const text = JSON.stringify(desk.changes);
    const own = ledger.writes.filter((write) => write.writer === desk.name);
    return own.flatMap(({ words }) => (text.includes(`"${words}"`) ? [] : [`${desk.name} ${words}`]));
  });
}

function notLogged(viewer: ViewerHolding, ledger: Ledger): readonly string[] {
  const bodies = new Set(viewer.log.map(({ change }) => change.set.body));
  const own = ledger.writes.filter((write) => write.writer === 'portal');
  return own.flatMap(({ words }) => (bodies.has(words) ? [] : [words]));
}

function numberFaults({ rows, log }: ViewerHolding): readonly string[] {
  const given = new Map<unknown, string>();
  const faults: string[] = [];
  for (const { change } of log) {
    const { number } = change.set;
    if (change.entity !== 'activity' || typeof number !== 'number') continue;
    if ((given.get(number) ?? change.entityId) !== change.entityId) faults.push(`number ${number} twice`);
    given.set(number, change.entityId);
  }
  const numbered = [...given.values()];
  if (new Set(numbered).size !== numbered.length) faults.push('an activity was numbered twice');
  for (const [name, text] of rows) {
    if (!name.startsWith('activity ')) continue;
    if (typeof (JSON.parse(text) as RowState).fields.number !== 'number') faults.push(`${name} has no number`);
  }
  return faults;
}

function fileFaults(
  desks: readonly DeskHolding[],
  { organisationId, rows }: ViewerHolding,
  ledger: Ledger,
  blobFolder: string,
): readonly string[] {
  const available = new Set(
    [...rows].flatMap(([name, text]) =>
      name.startsWith('blob ') ? [String((JSON.parse(text) as RowState).fields.sha256)] : [],
    ),
  );
  return ledger.files.flatMap(({ desk: owner, sha256 }) => {
    const faults: string[] = [];
    if (!available.has(sha256)) faults.push(`${sha256} is not available`);
    const held = hashOf(join(blobFolder, organisationId, sha256.slice(0, 2), sha256));
    if (held !== sha256) faults.push(`${sha256} is ${held ?? 'missing'} at the viewer`);
    for (const { name, folder } of desks) {
      const copy = hashOf(join(deskPlace(folder).dataDir, 'blobs', sha256.slice(0, 2), sha256));
      if (copy === null ? name === owner : copy !== sha256) faults.push(`${sha256} is ${copy ?? 'missing'} at ${name}`);
    }
    return faults;
  });
}

function hashOf(path: string): string | null {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
}

/** A row with its clock as text that both databases write alike. */
function canonical(state: RowState): string {
  return canonicalJson(JSON.parse(JSON.stringify(state)));
}
