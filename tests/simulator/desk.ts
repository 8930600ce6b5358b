import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { v5 } from 'uuid';
import { isDiskFull } from '../../main/db/disk-full.ts';
import { entityTables } from '../../main/db/entity-tables.ts';
import { metaKeys, metaNumber, metaText } from '../../main/db/meta.ts';
import { outboxTable } from '../../main/db/schema.ts';
import type { MetaStore } from '../../main/service/context.ts';
import { beginIncarnation } from '../../main/service/incarnation.ts';
import { createApply, createReplay } from '../../main/sync/apply.ts';
import type { BootstrapPoint } from '../../main/sync/bootstrap.ts';
import type { BootstrapReason } from '../../shared/features/sync/bootstrap-contract.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { Change, LoggedChange } from '../../shared/sync/changes.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import type { EntityName } from '../../shared/sync/entities.ts';
import { naturalName } from '../../shared/sync/natural-id.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import type { DeviceCaller } from '../../viewer/server/context.ts';
import type { Break } from './breaks/breaks.ts';
import { copyDatabase, type KillPlace } from './crash.ts';
import type { Filing } from './filing.ts';
import type { Connection } from './network.ts';
import { asProtocol1 } from './old-desk.ts';
import { openParts, type Parts, rowsOf } from './parts.ts';
import type { Chance } from './random.ts';
import type { SimulatedViewer } from './viewer.ts';

/** What a changeset in the queue of a desk says. */
export interface Queued {
  readonly state: 'pending' | 'applied' | 'superseded' | 'rejected' | 'dismissed';
  readonly changes: readonly Change[];
}

/** A desk on a real database: its writer, its queue and its rounds, without the process around them. */
export interface SimulatedDesk {
  readonly name: string;
  /** Writes as a person does; nothing is written where the process ends or the disk is full. */
  readonly write: (edits: readonly Edit[], options?: { readonly importId?: string }) => void;
  readonly naturalId: (entity: EntityName, ...key: readonly string[]) => string;
  readonly stamp: () => string;
  /** Ids of live rows. */
  readonly ids: (entity: EntityName) => readonly string[];
  readonly fields: (entity: EntityName, id: string) => Readonly<Record<string, unknown>>;
  readonly pair: (
    code: string,
    organisation: { readonly id: string; readonly name: string; readonly staffId: string } | null,
  ) => Promise<void>;
  /**
   * One round, and the loading of the rows where they are wanted; a fault ends it early, as a broken connection or the
   * end of the process does. @param killAt where the process ends while rows are loading; null for nowhere
   */
  readonly sync: (over: Connection, killAt?: BootstrapPoint | null) => Promise<void>;
  /** Rows are to come by a snapshot; an old desk knows no such thing. */
  readonly wantRows: (reason: BootstrapReason) => void;
  /** Ends the process at its n-th commit from now. */
  readonly armKill: (commits: number, place: KillPlace) => void;
  readonly disarm: () => void;
  /** Ends the process now and starts it again: what was committed is there, nothing else. */
  readonly restart: () => void;
  /** Starts it again where its process has ended. */
  readonly revive: () => void;
  readonly isDead: () => boolean;
  /** The disk takes nothing more; null gives it room again. */
  readonly fillDisk: (full: boolean) => void;
  /** Copies the database, as a person copies a folder. */
  readonly copy: (to: string) => void;
  /** Puts a copy in the place of the database and starts again. */
  readonly putBack: (from: string) => void;
  /** The newer version of the program starts on this database. */
  readonly upgrade: () => void;
  /** Its files; null where the run has none. */
  readonly filing: () => Promise<Filing | null>;
  readonly isOld: () => boolean;
  readonly rows: () => ReadonlyMap<string, string>;
  readonly pending: () => number;
  readonly cursor: () => number;
  /** Everything in the queue, judged or not. */
  readonly queued: () => readonly Queued[];
  /** What came into the queue since this was asked last: what its people were told is kept. */
  readonly newlyQueued: () => readonly Change[];
  readonly caller: () => DeviceCaller | null;
  readonly staffId: () => string;
  readonly organisationId: () => string;
  /** Applies a page of the log once more. */
  readonly applyAgain: (changes: readonly LoggedChange[]) => void;
  readonly close: () => void;
}

export interface DeskOptions {
  readonly name: string;
  readonly folder: string;
  /** A database without a company to start from; made where it is missing. */
  readonly template: string;
  readonly world: SimulatedViewer;
  readonly mistake: Break | null;
  readonly chance: Chance;
  /** This desk's own wall clock, however wrong. */
  readonly now: () => number;
  readonly version: Version;
  /** Where its files lie; null for a desk that has none. */
  readonly files: string | null;
  /** The file outside of the database that knows which database runs on this machine. */
  readonly machine: string;
}

/** An old desk knows less than the others and speaks protocol 1. */
export type Version = 'old' | 'new';

export function openSimulatedDesk(options: DeskOptions): SimulatedDesk {
  const { world } = options;
  let version = options.version;
  let generation = 0;
  const place = (of: number): string => join(options.folder, `${options.name}-${of}.sqlite`);
  const start = (): Parts => {
    const parts = openParts(options, place(generation), version, place(generation + 1));
    if (version === 'old') return parts;
    beginIncarnation({ sqlite: parts.sqlite, file: options.machine, log: quiet });
    // Rows that an older version left out come first: what it parked may build on them.
    if (parts.loading?.holdsPull() !== true) createReplay(parts)();
    return parts;
  };
  copyDatabase(options.template, place(0));
  let parts = start();
  const told = new Set<string>();
  const revive = (): void => {
    if (!parts.life.isDead()) return;
    generation += 1;
    parts = start();
  };
  const restart = (): void => {
    parts.life.end();
    revive();
  };
  return {
    name: options.name,
    write: (edits, write) => {
      try {
        parts.writer.write(edits, write);
      } catch (error) {
        if (!parts.life.isDead()) throw error;
      }
    },
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
      const paired = await world.handlers['sync.pair'](world.context(null), {
        protocol: protocolVersion,
        code,
        deviceName: options.name,
        appVersion: '0.1.0',
        organisation,
      });
      const { meta } = parts;
      parts.db.sqlite.transaction(() => {
        meta.set(metaKeys.organisationId, paired.organisationId);
        meta.set(metaKeys.staffId, paired.staffId);
        meta.set(metaKeys.deviceId, paired.deviceId);
        meta.set(metaKeys.token, paired.token);
        meta.set(metaKeys.epoch, paired.epoch);
        meta.set(metaKeys.cursor, 0);
      })();
    },
    sync: async (over, killAt = null) => {
      const mine = parts;
      const speaking = version === 'old' ? asProtocol1(over.line) : over.line;
      const wrapped = options.mistake?.line?.(world, () => organisationOf(mine.meta), speaking) ?? speaking;
      try {
        await (version === 'old' ? mine.round(wrapped) : mine.forking(wrapped, mine.round));
        if (mine.life.isDead()) return;
        const closed = await mine.loading?.run({ ...over, line: wrapped }, killAt);
        if (closed === true && parts === mine && !mine.life.isDead()) parts = start();
        if (closed !== true) await (await mine.filing?.open())?.move(over);
      } catch (error) {
        if (mine.life.isDead() || isDiskFull(error)) return;
        if (!(error instanceof OperationError) || !passing.has(error.code)) throw error;
      }
    },
    wantRows: (reason) => {
      try {
        parts.loading?.want(reason);
      } catch (error) {
        if (!parts.life.isDead() && !isDiskFull(error)) throw error;
      }
    },
    armKill: (commits, killPlace) => parts.life.arm(commits, killPlace),
    disarm: () => parts.life.disarm(),
    restart,
    revive,
    isDead: () => parts.life.isDead(),
    fillDisk: (full) => {
      const pages = full ? Number(parts.db.sqlite.pragma('page_count', { simple: true })) : 1_073_741_823;
      parts.db.sqlite.pragma(`max_page_count = ${pages}`);
    },
    copy: (to) => copyDatabase(place(generation), to),
    putBack: (from) => {
      parts.life.end();
      generation += 1;
      copyDatabase(from, place(generation));
      parts = start();
    },
    upgrade: () => {
      version = 'new';
      restart();
    },
    filing: async () => (await parts.filing?.open()) ?? null,
    isOld: () => version === 'old',
    rows: () => rowsOf(parts),
    pending: () => parts.queue.pendingChanges(),
    cursor: () => metaNumber(parts.meta, metaKeys.cursor, 0),
    queued: () =>
      parts.db.write.select({ state: outboxTable.state, changes: outboxTable.changes }).from(outboxTable).all(),
    newlyQueued: () => {
      const outbox = parts.db.write;
      const ids = outbox.select({ id: outboxTable.changesetId }).from(outboxTable).all();
      const fresh = ids.flatMap(({ id }) => (told.has(id) ? [] : [id]));
      if (fresh.length === 0) return [];
      for (const id of fresh) told.add(id);
      const rows = outbox.select().from(outboxTable).where(inArray(outboxTable.changesetId, fresh)).all();
      return rows.flatMap((row) => row.changes);
    },
    caller: () => {
      const [organisationId, deviceId, staffId] = [metaKeys.organisationId, metaKeys.deviceId, metaKeys.staffId].map(
        (name) => metaText(parts.meta, name),
      );
      return organisationId && deviceId && staffId ? { kind: 'device', organisationId, deviceId, staffId } : null;
    },
    staffId: () => metaText(parts.meta, metaKeys.staffId) ?? '',
    organisationId: () => organisationOf(parts.meta),
    applyAgain: (changes) => {
      const position = {
        epoch: metaText(parts.meta, metaKeys.epoch) ?? '',
        cursor: metaNumber(parts.meta, metaKeys.cursor, 0),
      };
      createApply(parts)(changes, position);
    },
    close: () => parts.db.close(),
  };
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Ends of a round that pass by themselves: the next round goes on. */
const passing: ReadonlySet<string> = new Set([
  'viewer-unreachable',
  'internal',
  'too-many-requests',
  'device-forked',
  'disk-full',
]);

function organisationOf(meta: MetaStore): string {
  return metaText(meta, metaKeys.organisationId) ?? '';
}
