import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../shared/contract/client.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import { type DeskOperationName, deskOperationNames } from '../../shared/contract/registry.ts';
import type { DeskLog } from './context.ts';
import { deskHandlers } from './handlers.ts';
import { deskPlace } from './place.ts';
import { type DeskService, type DeskServiceOptions, startDeskService } from './service.ts';
import { version } from './version.ts';

const key = randomBytes(32);
let folder: string;
let lines: { facts: Readonly<Record<string, unknown>>; message: string }[];
const running: DeskService[] = [];

beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/treppenhaus-service-`);
  lines = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const service of running.splice(0)) await service.stop();
  rmSync(folder, { recursive: true });
});

async function start(extra: Partial<DeskServiceOptions> = {}): Promise<DeskService> {
  const note = (facts: Readonly<Record<string, unknown>>, message: string) => void lines.push({ facts, message });
  const log: DeskLog = { info: note, warn: note, error: note };
  const service = await startDeskService({
    ...deskPlace(folder),
    key,
    shell: {
      host: 'browser',
      keyProtection: 'file',
      notify: () => {},
      openExternal: () => {},
      destroyKey: async () => {},
    },
    log,
    ...extra,
  });
  running.push(service);
  return service;
}

const clientOf = (service: DeskService) =>
  createClient<DeskOperationName>((name, input) => service.callText(name, JSON.stringify(input)));
const company = { name: 'Hausverwaltung Treppe', staff: { name: 'Anna Alt', email: 'anna@example.org' } };

describe('the desk service', () => {
  test('has a handler for every operation of the desk', () => {
    expect(Object.keys(deskHandlers).sort()).toEqual([...deskOperationNames].sort());
  });

  test('founds a company, tells its windows, and knows it after a restart', async () => {
    const service = await start();
    const call = clientOf(service);
    expect(await call('settings.state', {})).toMatchObject({ phase: 'first-run', host: 'browser', version });
    const heard: EventMessage[] = [];
    const unsubscribe = service.on((message) => heard.push(message));
    const { id } = await call('settings.createOrganisation', company);
    expect(heard.find((message) => message.event === 'changed')?.payload).toMatchObject({
      entities: expect.arrayContaining(['organisation', 'staff', 'status', 'topic']),
    });
    unsubscribe();
    const count = heard.length;
    await service.stop();
    expect(heard).toHaveLength(count);
    const state = await clientOf(await start())('settings.state', {});
    expect(state).toMatchObject({ phase: 'ready', organisation: { id }, staff: { name: 'Anna Alt' } });
  });

  test('keeps nothing readable in its files', async () => {
    const service = await start();
    await clientOf(service)('settings.createOrganisation', company);
    for (const suffix of ['', '-wal']) {
      const bytes = readFileSync(`${deskPlace(folder).database}${suffix}`);
      expect(bytes.includes('SQLite format 3')).toBe(false);
      expect(bytes.includes('Treppe')).toBe(false);
    }
  });

  test('stages a file and reads it back; one that is nowhere is missing', async () => {
    const service = await start();
    const call = clientOf(service);
    const bytes = Buffer.from('%PDF-1.4\n%%EOF\n');
    const { uploadId } = await call('files.stageBegin', { fileName: 'Hausordnung.pdf', size: bytes.length });
    await call('files.stageChunk', { uploadId, offset: 0, data: bytes.toString('base64') });
    const { sha256 } = await call('files.stageEnd', { uploadId });
    const read = await call('files.read', { sha256, offset: 0 });
    expect(read).toEqual({ data: bytes.toString('base64'), size: bytes.length, end: true });
    // Nothing refers to it yet, so it stays here.
    expect((await call('sync.state', {})).pendingUploads).toBe(0);
    const missing = call('files.read', { sha256: '0'.repeat(64), offset: 0 });
    await expect(missing).rejects.toMatchObject({ code: 'file-missing' });
  });
});

describe('bad calls get a code and a line in the log, without their content', () => {
  test.each([
    ['settings.erase', '{}', 'unknown-operation'],
    ['sync.push', '{}', 'unknown-operation'],
    ['__proto__', '{}', 'unknown-operation'],
    ['constructor', '{}', 'unknown-operation'],
    ['settings.state', '{"Musterfrau":1}', 'invalid-input'],
    ['settings.state', 'Musterfrau', 'invalid-input'],
    ['settings.state', '', 'invalid-input'],
    ['settings.state', 'null', 'invalid-input'],
    ['settings.createOrganisation', '{"name":"Musterfrau"}', 'invalid-input'],
    ['settings.state', `"${'Musterfrau'.repeat(30_000)}"`, 'too-large'],
    ['settings.state', `"${'Musterfrau'.repeat(1_000_000)}"`, 'too-large'],
  ])('%s %.40s', async (name, text, code) => {
    const service = await start();
    expect(await service.callText(name, text)).toMatchObject({ error: { code } });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('Musterfrau');
  });

  test('a mistake in the code becomes `internal`, and the service goes on', async () => {
    let broken = false;
    const service = await start({
      now: () => {
        if (broken) throw new TypeError('the clock is broken');
        return Date.now();
      },
    });
    broken = true;
    const call = clientOf(service);
    await expect(call('settings.createOrganisation', company)).rejects.toMatchObject({ code: 'internal', details: {} });
    expect(lines).toMatchObject([{ facts: { operation: 'settings.createOrganisation' }, message: 'operation failed' }]);
    broken = false;
    await call('settings.createOrganisation', company);
    expect(await call('settings.state', {})).toMatchObject({ phase: 'ready' });
  });

  test('a full disk is said by whatever meets it, keeps what was there, and is over with new space', async () => {
    const pragma = vi.spyOn(Database.prototype, 'pragma');
    const service = await start();
    const call = clientOf(service);
    await call('settings.createOrganisation', company);
    const index = pragma.mock.calls.findIndex(([source]) => source === 'journal_mode = WAL');
    const database = pragma.mock.contexts[index] as Database.Database;
    const entry = { kind: 'note' as const, body: 'x'.repeat(50_000), released: false, files: [] };
    const place = { propertyId: null, unitId: null, topicId: null, personIds: [] };
    const activity = { subject: 'Aufzug', ...place, entry };
    const pages = database.pragma('page_count', { simple: true });
    database.pragma(`max_page_count = ${pages}`);
    await expect(call('activities.create', activity)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await call('settings.state', {})).toMatchObject({ phase: 'ready' });
    database.pragma('max_page_count = 1000000');
    expect(await call('activities.create', activity)).toHaveProperty('id');
    expect(lines.filter(({ message }) => message === 'operation failed')).toEqual([]);
  });

  test('SQL and HTML are text', async () => {
    const call = clientOf(await start());
    const name = `'); drop table organisation; -- <script>alert(1)</script>`;
    await call('settings.createOrganisation', { ...company, name });
    expect(await call('settings.state', {})).toMatchObject({ organisation: { name } });
  });
});

describe('a service that cannot start says why to every call', () => {
  const answer = (service: DeskService) => service.callText('settings.state', '{}');

  test('another process works on the folder', async () => {
    await start();
    const details = { reason: 'in-use' };
    expect(await answer(await start())).toEqual({ error: { code: 'not-possible-now', details } });
  });

  test('another key', async () => {
    await (await start()).stop();
    const details = { reason: 'database-key' };
    const refused = await start({ key: randomBytes(32) });
    expect(await answer(refused)).toEqual({ error: { code: 'not-possible-now', details } });
    expect(await answer(await start())).toHaveProperty('ok');
  });

  test('a full disk', async () => {
    const { pragma } = Database.prototype;
    vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (this: Database.Database, source, options) {
      if (source === 'journal_mode = WAL') throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
      return pragma.call(this, source, options);
    });
    const service = await start();
    expect(await answer(service)).toEqual({ error: { code: 'disk-full', details: {} } });
  });

  test('after the end', async () => {
    const service = await start();
    await service.stop();
    expect(await answer(service)).toMatchObject({ error: { code: 'not-possible-now' } });
    await service.stop();
  });
});
