import { join } from 'node:path';
import { v5 } from 'uuid';
import { openDatabase } from '../../main/db/database.ts';
import { entityTables } from '../../main/db/entity-tables.ts';
import { metaKeys, metaText, openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { outboxTable } from '../../main/db/schema.ts';
import { createWriter } from '../../main/db/write.ts';
import { openQueue } from '../../main/sync/queue.ts';
import type { ViewerOperation } from '../../main/sync/remote.ts';
import { createRound } from '../../main/sync/round.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { Output } from '../../shared/contract/registry.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { Change } from '../../shared/sync/changes.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import { entityNames } from '../../shared/sync/entities.ts';
import { naturalName } from '../../shared/sync/natural-id.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import type { DeviceCaller } from '../../viewer/server/context.ts';
import type { Chance } from './random.ts';
import { canonicalState, type SimulatedViewer } from './viewer.ts';

export interface SimulatedDesk {
  readonly name: string;
  readonly write: (edits: readonly Edit[], options?: { readonly importId?: string }) => void;
  readonly naturalId: (entity: Edit['entity'], ...key: readonly string[]) => string;
  readonly stamp: () => string;
  /** Ids of live rows. */
  readonly ids: (entity: Edit['entity']) => readonly string[];
  readonly fields: (entity: Edit['entity'], id: string) => Readonly<Record<string, unknown>>;
  readonly pair: (
    code: string,
    organisation: { readonly id: string; readonly name: string; readonly staffId: string } | null,
  ) => Promise<void>;
  /** One round over a line that loses and doubles; a fault ends it early, as a broken connection does. */
  readonly sync: (faults: number) => Promise<void>;
  /** Ends the process at once and starts it again: what was committed is there, nothing else. */
  readonly kill: () => void;
  readonly rows: () => ReadonlyMap<string, string>;
  readonly pending: () => number;
  /** Every change this desk acknowledged to its user. */
  readonly written: () => readonly Change[];
  readonly staffId: () => string;
  readonly organisationId: () => string;
  readonly close: () => void;
}

const key = Buffer.alloc(32, 7);

interface Options {
  readonly name: string;
  readonly folder: string;
  readonly world: SimulatedViewer;
  readonly chance: Chance;
  /** This desk's own wall clock, however wrong. */
  readonly now: () => number;
}

export function openSimulatedDesk(options: Options): SimulatedDesk {
  const { world, chance } = options;
  let parts = open(options);
  let caller: DeviceCaller | null = null;

  const remote = (faults: number): Client<ViewerOperation> =>
    (async (name: ViewerOperation, input: never) => {
      if (chance.once(faults)) throw new OperationError('viewer-unreachable');
      const sent = JSON.parse(JSON.stringify(input)) as never;
      if (chance.once(faults)) await world.handlers[name](world.context(caller), sent);
      const answer = await world.handlers[name](world.context(caller), sent);
      // The reply is lost: the viewer has done it, the desk does not know.
      if (chance.once(faults)) throw new OperationError('viewer-unreachable');
      return JSON.parse(JSON.stringify(answer)) as never;
    }) as unknown as Client<ViewerOperation>;

  return {
    name: options.name,
    write: (edits, write) => parts.writer.write(edits, write),
    naturalId: (entity, ...rest) => v5(naturalName(entity, rest), metaText(parts.meta, metaKeys.organisationId) ?? ''),
    stamp: () => formatHlc(options.now()),
    ids: (entity) => {
      const table = entityTables[entity];
      return parts.db.read
        .select()
        .from(table)
        .all()
        .flatMap((row) => (row.deleted ? [] : [row.id]));
    },
    fields: (entity, id) => parts.rows.read(entity, id)?.fields ?? {},
    pair: async (code, organisation) => {
      const paired: Output<'sync.pair'> = await world.handlers['sync.pair'](world.context(null), {
        protocol: protocolVersion,
        code,
        deviceName: options.name,
        appVersion: '0',
        organisation,
      });
      caller = {
        kind: 'device',
        organisationId: paired.organisationId,
        deviceId: paired.deviceId,
        staffId: paired.staffId,
      };
      parts.meta.set(metaKeys.organisationId, paired.organisationId);
      parts.meta.set(metaKeys.staffId, paired.staffId);
      parts.meta.set(metaKeys.deviceId, paired.deviceId);
      parts.meta.set(metaKeys.epoch, paired.epoch);
      parts.meta.set(metaKeys.cursor, 0);
    },
    sync: async (faults) => {
      try {
        await parts.round(remote(faults));
      } catch (error) {
        if (!(error instanceof OperationError) || error.code !== 'viewer-unreachable') throw error;
      }
    },
    kill: () => {
      parts.db.close();
      parts = open(options);
    },
    rows: () => {
      const all = new Map<string, string>();
      for (const entity of entityNames) {
        const table = entityTables[entity];
        for (const { id } of parts.db.read.select({ id: table.id }).from(table).all()) {
          const state = parts.rows.read(entity, id);
          if (state !== null) all.set(`${entity} ${id}`, canonicalState(state));
        }
      }
      return all;
    },
    pending: () => parts.queue.pendingChanges(),
    written: () =>
      parts.db.write
        .select({ changes: outboxTable.changes })
        .from(outboxTable)
        .all()
        .flatMap((row) => row.changes),
    staffId: () => metaText(parts.meta, metaKeys.staffId) ?? '',
    organisationId: () => metaText(parts.meta, metaKeys.organisationId) ?? '',
    close: () => parts.db.close(),
  };
}

function open({ name, folder, chance, now }: Options) {
  const db = openDatabase({ path: join(folder, `${name}.sqlite`), key });
  const meta = openMeta(db.sqlite);
  const rows = openRows(db.sqlite);
  const queue = openQueue(db.sqlite, rows);
  const changed = () => undefined;
  const identity = () => ({
    organisationId: metaText(meta, metaKeys.organisationId) ?? '',
    staffId: metaText(meta, metaKeys.staffId) ?? '',
    deviceId: metaText(meta, metaKeys.deviceId) ?? '',
  });
  const writer = createWriter({
    sqlite: db.sqlite,
    rows,
    meta,
    identity,
    now,
    newId: () => chance.uuid(now()),
    committed: changed,
  });
  const round = createRound({
    sqlite: db.sqlite,
    rows,
    meta,
    queue,
    now,
    changed,
    restored: changed,
    progressed: changed,
  });
  return { db, meta, rows, queue, writer, round };
}
