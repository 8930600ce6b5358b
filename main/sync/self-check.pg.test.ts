import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { deskKey, openRunningDesk, type RunningDesk } from '../../tests/setup/bootstrap.ts';
import { startTestViewer, type TestViewer } from '../../tests/setup/viewer.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { keyDatabase } from '../db/database.ts';

let viewer: TestViewer;
let folder: string;
let desk: RunningDesk;
let now: number;

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-check-'));
  now = Date.now();
  desk = await openRunningDesk(folder, { now: () => now });
  await desk.call('settings.createOrganisation', { name: 'Verwaltung', staff: { name: 'P', email: 'p@example.org' } });
  const { code } = await createPairingCode(viewer.viewer, null);
  await desk.call('sync.connect', { url: viewer.url, code, deviceName: 'PC' });
});
afterEach(async () => {
  await desk.service.stop();
  await rm(folder, { recursive: true });
});

async function addPerson(lastName: string): Promise<string> {
  const blank = { number: null, salutation: null, title: null, firstName: null, company: null, street: null };
  const more = { postalCode: null, city: null, email: null, phone: null, mobile: null };
  return (await desk.call('people.save', { fields: { ...blank, ...more, lastName } })).id;
}

/** Changes the desk's database behind its back. */
function behindItsBack(sql: string, ...values: readonly string[]): void {
  const sqlite = new Database(desk.database);
  keyDatabase(sqlite, deskKey);
  sqlite.prepare(sql).run(...values);
  sqlite.close();
}

async function atViewer(sql: string, ...values: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: viewer.databaseUrl });
  await client.connect();
  await client.query(sql, [...values]);
  await client.end();
}

const nameOf = async (id: string) => (await desk.call('people.get', { id })).person.lastName;

test('finds nothing where both hold the same, deleted rows and umlauts included', async () => {
  await addPerson('Müller-Lüdenscheidt \\ "x"');
  await desk.call('people.remove', { ids: [await addPerson('Weg')] });
  const found = await desk.call('sync.check', {});
  expect(found).toMatchObject({ outcome: 'same', different: [], skipped: [], repairedAt: null });
  expect(found.rows).toBeGreaterThan(10);
  expect(await desk.call('sync.state', {})).toMatchObject({ bootstrap: null, selfCheck: { outcome: 'same' } });
});

test('a row that was falsified here is found by the button and mended, and what waits is kept', async () => {
  const id = await addPerson('Richtig');
  await desk.call('sync.now', {});
  behindItsBack("update person set last_name = 'Falsch' where id = ?", id);
  expect(await nameOf(id)).toBe('Falsch');
  const checking = desk.call('sync.check', {});
  const found = await checking;
  const waiting = await addPerson('Wartet');
  expect(found).toMatchObject({ outcome: 'different', different: ['person'] });
  await vi.waitFor(async () => expect(await nameOf(id)).toBe('Richtig'), 20_000);
  expect(await nameOf(waiting)).toBe('Wartet');
  const { bootstrap, selfCheck } = await desk.call('sync.state', {});
  expect(bootstrap).toBeNull();
  expect(selfCheck).toMatchObject({ outcome: 'different', different: ['person'], repairedAt: expect.any(String) });
  expect(await desk.call('sync.check', {})).toMatchObject({ outcome: 'same' });
  expect(await desk.call('sync.now', {})).toMatchObject({ pendingChanges: 0, rejected: 0 });
});

test('a row that is missing here comes back, one that nobody else has goes, a wrong clock is found', async () => {
  const [id, other] = [await addPerson('Fehlt'), await addPerson('Uhr')];
  await desk.call('sync.now', {});
  behindItsBack('delete from person where id = ?', id);
  behindItsBack("update person set _clock = replace(_clock, 'staff:', 'staff:0') where id = ?", other);
  behindItsBack(
    "insert into status (id, name, is_new, is_closed, position, deleted, _clock) values ('x', 'Niemand', 0, 0, 9, 0, '{\"row\":null,\"groups\":{}}')",
  );
  expect(await desk.call('sync.check', {})).toMatchObject({ outcome: 'different', different: ['person', 'status'] });
  await vi.waitFor(async () => expect(await desk.call('sync.state', {})).toMatchObject({ bootstrap: null }), 20_000);
  expect(await nameOf(id)).toBe('Fehlt');
  expect(await desk.call('sync.check', {})).toMatchObject({ outcome: 'same' });
});

test('what differs at the viewer is taken from there, and what is the same on both sides is no alarm', async () => {
  const id = await addPerson('Alt');
  await desk.call('sync.now', {});
  await atViewer("UPDATE person SET last_name = 'Beide' WHERE id = $1", id);
  behindItsBack("update person set last_name = 'Beide' where id = ?", id);
  expect(await desk.call('sync.check', {})).toMatchObject({ outcome: 'same' });
  await atViewer("UPDATE person SET last_name = 'Viewer' WHERE id = $1", id);
  expect(await desk.call('sync.check', {})).toMatchObject({ outcome: 'different', different: ['person'] });
  await vi.waitFor(async () => expect(await nameOf(id)).toBe('Viewer'), 20_000);
});

test('compares by itself once a week, also after a restart', async () => {
  await desk.call('sync.now', {});
  expect((await desk.call('sync.state', {})).selfCheck).toBeNull();
  now += 7 * 24 * 3600_000;
  await desk.service.stop();
  desk = await openRunningDesk(folder, { now: () => now });
  await vi.waitFor(async () => expect((await desk.call('sync.now', {})).selfCheck).not.toBeNull(), 20_000);
  const first = (await desk.call('sync.state', {})).selfCheck;
  expect(first).toMatchObject({ outcome: 'same' });
  now += 24 * 3600_000;
  await desk.call('sync.now', {});
  expect((await desk.call('sync.state', {})).selfCheck).toEqual(first);
});

test('says that it cannot compare while the viewer may not be asked', async () => {
  await desk.call('sync.setOffline', { offline: true });
  await expect(desk.call('sync.check', {})).rejects.toMatchObject({ code: 'offline' });
  expect((await desk.call('sync.state', {})).selfCheck).toBeNull();
});
