import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v5, v7 } from 'uuid';
import { openDatabase } from '../../main/db/database.ts';
import { metaKeys, metaText, openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { localFileTable } from '../../main/db/schema.ts';
import { createWriter } from '../../main/db/write.ts';
import { accountsHandlers } from '../../main/features/accounts/handlers.ts';
import { activitiesHandlers } from '../../main/features/activities/handlers.ts';
import { documentsHandlers } from '../../main/features/documents/handlers.ts';
import { filesHandlers } from '../../main/features/files/handlers.ts';
import { openFileStore } from '../../main/features/files/store.ts';
import { noticesHandlers } from '../../main/features/notices/handlers.ts';
import { peopleHandlers } from '../../main/features/people/handlers.ts';
import { propertiesHandlers } from '../../main/features/properties/handlers.ts';
import { settingsHandlers } from '../../main/features/settings/handlers.ts';
import { syncHandlers } from '../../main/features/sync/handlers.ts';
import type { DeskContext } from '../../main/service/context.ts';
import { createFileRules } from '../../main/sync/file-rules.ts';
import { openHistory } from '../../main/sync/history.ts';
import { openRefused } from '../../main/sync/refused.ts';
import { findOperation, type Input, type Output } from '../../shared/contract/registry.ts';
import type { StagedFile } from '../../shared/features/files/contract.ts';
import type { SyncState } from '../../shared/features/sync/contract.ts';
import { type ErrorCode, OperationError } from '../../shared/lib/errors.ts';
import type { Change } from '../../shared/sync/changes.ts';
import { changeFromEdit, type Edit } from '../../shared/sync/edit.ts';
import { entities } from '../../shared/sync/entities.ts';
import { mergeChange } from '../../shared/sync/merge.ts';
import { naturalName } from '../../shared/sync/natural-id.ts';
import { testSyncState } from './sync-state.ts';

const handlers = {
  ...accountsHandlers,
  ...activitiesHandlers,
  ...documentsHandlers,
  ...filesHandlers,
  ...noticesHandlers,
  ...peopleHandlers,
  ...propertiesHandlers,
  ...settingsHandlers,
  ...syncHandlers,
};
type Name = keyof typeof handlers;

/** A desk's operations over a real encrypted database and a real file store; only the viewer is not there. */
export interface TestDesk {
  readonly context: DeskContext;
  /** Runs an operation as a transport does: input and output pass their schemas. */
  readonly call: <N extends Name>(name: N, input: Input<N>) => Promise<Output<N>>;
  /** The code and details with which an operation fails. */
  readonly failure: <N extends Name>(name: N, input: Input<N>) => Promise<OperationError>;
  /** Rows as they arrive by the sync: written by somebody else, not in this desk's queue. */
  readonly arrive: (by: string, ...edits: readonly Edit[]) => void;
  /** Everything in the queue is acknowledged. */
  readonly settle: () => void;
  /** Everything in the queue is refused with the code. */
  readonly refuse: (code: ErrorCode) => void;
  /** Changes in the queue that still wait. */
  readonly queued: () => readonly Change[];
  readonly stage: (fileName: string, content: string) => Promise<StagedFile>;
  /** Moves the clock (milliseconds). */
  readonly tick: (millis: number) => void;
  /** What the sync engine would say and answer. */
  readonly sync: { state: SyncState; calls: string[] };
  readonly close: () => Promise<void>;
}

const notPaired: SyncState = { ...testSyncState, connection: 'not-paired', viewerUrl: null, confirmedAt: null };

/** 2026-11-23, 14:00 in Berlin. */
const testStart = Date.UTC(2026, 10, 23, 13, 0, 0);

/** A desk without a company. */
export async function openTestDesk(): Promise<TestDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'desk-'));
  const database = openDatabase({ path: join(folder, 'desk.db'), key: randomBytes(32) });
  const { sqlite, write: db } = database;
  let now = testStart;
  const meta = openMeta(sqlite);
  const rows = openRows(sqlite);
  const identity = () => {
    const [organisationId, staffId] = [metaText(meta, metaKeys.organisationId), metaText(meta, metaKeys.staffId)];
    const deviceId = metaText(meta, metaKeys.deviceId);
    if (organisationId === null || staffId === null || deviceId === null) throw new OperationError('not-possible-now');
    return { organisationId, staffId, deviceId };
  };
  meta.set(metaKeys.deviceId, v7());
  const writer = createWriter({ sqlite, rows, meta, identity, now: () => now, newId: v7, committed: () => {} });
  const files = await openFileStore({
    dataDir: folder,
    newId: v7,
    recordFile: (file, upload) =>
      void db
        .insert(localFileTable)
        .values({ ...file, upload, createdAt: new Date(now).toISOString() })
        .onConflictDoNothing()
        .run(),
  });
  const refused = openRefused(sqlite);
  const sync = { state: notPaired, calls: [] as string[] };
  const context: DeskContext = {
    db: database.read,
    write: writer.write,
    clock: writer.clock,
    identity,
    now: () => now,
    newId: () => v7(),
    naturalId: (entity, ...key) => v5(naturalName(entity, key), identity().organisationId),
    meta,
    files,
    sync: {
      state: () => sync.state,
      poke: () => {},
      now: () => Promise.resolve(sync.state).finally(() => sync.calls.push('now')),
      setOffline: () => sync.state,
      connect: () => Promise.resolve({ organisationName: 'Musterverwaltung' }),
      erase: (rows) => Promise.resolve(void sync.calls.push(`erase ${rows.map((row) => row.id).join(' ')}`)),
      devices: {
        createPairingCode: (staffId) => {
          sync.calls.push(`code ${staffId}`);
          return Promise.resolve({ code: 'ABCD-EFGH', expiresAt: new Date(now + 900_000).toISOString() });
        },
        contacts: () => Promise.resolve({ devices: [] }),
        rename: (id, name) => Promise.resolve(void sync.calls.push(`rename ${id} ${name}`)),
        revoke: (id, { destroyKey }) =>
          Promise.resolve(void sync.calls.push(`${destroyKey ? 'destroy' : 'revoke'} ${id}`)),
      },
      history: openHistory(sqlite, () => now).list,
      dismissRefused: refused.dismiss,
      recallRefused: refused.recall,
      bootstrap: () => void sync.calls.push('bootstrap'),
      check: () => Promise.reject(new OperationError('offline')),
      cancelBootstrap: () => void sync.calls.push('cancelBootstrap'),
      fetchFile: () => Promise.reject(new OperationError('offline')),
      files: createFileRules({ sqlite, files, meta, now: () => now, changed: () => {}, used: () => {} }),
    },
    shell: {
      host: 'browser',
      keyProtection: 'file',
      notify: () => {},
      openExternal: () => {},
      destroyKey: async () => {},
    },
    wipedAt: () => null,
    version: '0.1.0',
    emit: () => {},
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };

  const call = async <N extends Name>(name: N, input: Input<N>): Promise<Output<N>> => {
    const definition = findOperation(name);
    if (definition === undefined) throw new Error(`No operation ${name}`);
    const handler = handlers[name] as (context: DeskContext, input: unknown) => unknown;
    return definition.output.parse(await handler(context, definition.input.parse(input))) as Output<N>;
  };

  return {
    context,
    call,
    failure: async (name, input) => {
      const error = await call(name, input).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error instanceof OperationError) return error;
      throw error ?? new Error(`${name} did not fail`);
    },
    arrive: (by, ...edits) => {
      for (const edit of edits) {
        const current = rows.read(edit.entity, edit.id);
        const change = changeFromEdit(entities[edit.entity], current, edit, { id: v7(), hlc: writer.clock() });
        if (change === null) continue;
        rows.write(edit.entity, edit.id, mergeChange(entities[edit.entity], current, change, by).state);
      }
    },
    settle: () => {
      sqlite.exec("update outbox set state = 'applied'; delete from pending_row");
    },
    refuse: (code) => {
      sqlite.prepare("update outbox set state = 'rejected', code = ? where state = 'pending'").run(code);
      sqlite.exec('delete from pending_row');
    },
    queued: () =>
      sqlite
        .prepare("select changes from outbox where state = 'pending' order by device_seq")
        .pluck()
        .all()
        .flatMap((changes) => JSON.parse(String(changes)) as Change[]),
    stage: async (fileName, content) => {
      const data = Buffer.from(content);
      const { uploadId } = await files.begin(fileName, data.length);
      await files.chunk(uploadId, 0, data);
      return files.end(uploadId);
    },
    tick: (millis) => {
      now += millis;
    },
    sync,
    close: async () => {
      await files.stop();
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A desk with a company, its manager signed in. */
export async function openCompany(): Promise<TestDesk> {
  const desk = await openTestDesk();
  await desk.call('settings.createOrganisation', {
    name: 'Musterverwaltung GmbH',
    staff: { name: 'Petra Verwalter', email: 'petra@example.org' },
  });
  desk.settle();
  return desk;
}
