import { v5 as uuidv5 } from 'uuid';
import type { EventName, EventPayload } from '../../shared/contract/events.ts';
import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import { naturalName } from '../../shared/sync/natural-id.ts';
import type { DeskDatabase } from '../db/database.ts';
import { metaKeys, metaText, openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import { createWriter } from '../db/write.ts';
import type { FileStore } from '../features/files/store.ts';
import { createConflictNotices } from '../features/sync/notices.ts';
import type { Replacement } from '../sync/bootstrap.ts';
import { createSyncEngine, type SyncEngine } from '../sync/engine.ts';
import type { DeskContext, Identity, MetaStore } from './context.ts';
import type { DeskServiceOptions } from './service.ts';
import { version } from './version.ts';
import { wipedAt } from './wipe.ts';

/** What works on one open database: the service has another one after the database was replaced. */
export interface Session {
  readonly database: DeskDatabase;
  readonly context: DeskContext;
  readonly sync: SyncEngine;
}

export interface SessionParts {
  readonly options: DeskServiceOptions;
  readonly files: FileStore;
  readonly now: () => number;
  readonly newId: () => string;
  readonly emit: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
  readonly replace: (replacement: Replacement) => void;
  /** The company wants key and data of this desk deleted. */
  readonly wipe: () => void;
  /** Why the database that was to replace this one did not. */
  readonly replaceProblem: ErrorCode | null;
}

/** Puts the parts together that hold a database; the caller starts the sync. */
export function openSession(database: DeskDatabase, parts: SessionParts): Session {
  const { options, files, now, newId, emit } = parts;
  const { log, shell } = options;
  const { sqlite } = database;
  const changed = (entities: readonly string[]) => emit('changed', { entities: [...entities] });
  const meta = openMeta(sqlite);
  // A desk has a name for itself before a viewer gives it one.
  if (metaText(meta, metaKeys.deviceId) === null) meta.set(metaKeys.deviceId, newId());
  const rows = openRows(sqlite);
  const notices = createConflictNotices({
    db: database.read,
    meta,
    language: systemLanguage(),
    notify: shell.notify,
  });
  const sync = createSyncEngine({
    sqlite,
    rows,
    meta,
    files,
    now,
    appVersion: version,
    log,
    changed: (entities) => {
      changed(entities);
      if (entities.includes('conflict')) notices.look();
    },
    stateChanged: (state) => emit('sync', state),
    place: { path: options.database, key: options.key, migrationsFolder: options.migrationsFolder },
    replace: parts.replace,
    wipe: parts.wipe,
    replaceProblem: parts.replaceProblem,
    reached: options.reached,
  });
  const identity = () => readIdentity(meta);
  const writer = createWriter({
    sqlite,
    rows,
    meta,
    identity,
    now,
    newId,
    committed: (entities) => {
      changed(entities);
      sync.poke();
    },
  });
  const context: DeskContext = {
    db: database.read,
    write: writer.write,
    identity,
    now,
    clock: writer.clock,
    newId,
    naturalId: (entity, ...key) => uuidv5(naturalName(entity, key), identity().organisationId),
    meta,
    files,
    sync,
    shell,
    wipedAt: () => wipedAt(options.wipeFile),
    version,
    emit,
    log,
  };
  return { database, context, sync };
}

/** Notifications speak the system's language, German where that is another one than the two we speak. */
function systemLanguage(): 'de' | 'en' {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('en') ? 'en' : 'de';
}

function readIdentity(meta: MetaStore): Identity {
  const [organisationId, staffId, deviceId] = [metaKeys.organisationId, metaKeys.staffId, metaKeys.deviceId].map(
    (key) => metaText(meta, key),
  );
  if (!organisationId || !staffId || !deviceId) throw new OperationError('not-possible-now');
  return { organisationId, staffId, deviceId };
}
