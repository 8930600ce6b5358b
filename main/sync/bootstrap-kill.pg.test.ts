import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskKey, fillWithPeople, openRunningDesk, type RunningDesk, rowsOnDisk } from '../../tests/setup/bootstrap.ts';
import { startTestViewer, type TestViewer } from '../../tests/setup/viewer.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { openDatabase } from '../db/database.ts';
import { deskPlace } from '../service/place.ts';
import type { BootstrapPoint } from './bootstrap.ts';
import { buildingPath } from './bootstrap-store.ts';

const program = fileURLToPath(new URL('../../tests/setup/bootstrap-desk.process.ts', import.meta.url));
const points: readonly BootstrapPoint[] = ['begun', 'kept', 'loaded', 'indexed', 'caught-up', 'taken-over', 'swapped'];
const rowCount = 20_000;

let viewer: TestViewer;
let folder: string;
let waiting: string;

/** A desk that is to load its rows anew, with a change that waits. */
beforeAll(async () => {
  viewer = await startTestViewer();
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-kill-'));
  const desk = await openRunningDesk(join(folder, 'origin'));
  await desk.call('settings.createOrganisation', { name: 'Verwaltung', staff: { name: 'P', email: 'p@example.org' } });
  const { code } = await createPairingCode(viewer.viewer, null);
  await desk.call('sync.connect', { url: viewer.url, code, deviceName: 'PC' });
  const { organisation } = await desk.call('settings.state', {});
  await fillWithPeople(viewer, organisation?.id ?? '', rowCount);
  waiting = await addPerson(desk);
  await desk.service.stop();
  const { sqlite, close } = openDatabase({ path: deskPlace(join(folder, 'origin')).database, key: deskKey });
  sqlite.exec(`update outbox set state = 'pending' where changes like '%${waiting}%';
    insert or replace into meta values ('bootstrap', '{"reason":"asked","cancelled":false}')`);
  close();
});
afterAll(async () => {
  await viewer?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function addPerson(desk: RunningDesk): Promise<string> {
  const blank = { number: null, salutation: null, title: null, firstName: null, company: null, street: null };
  const more = { postalCode: null, city: null, email: null, phone: null, mobile: null };
  return (await desk.call('people.save', { fields: { ...blank, ...more, lastName: 'Wartet' } })).id;
}

async function run(place: string, point?: BootstrapPoint): Promise<number | string | null> {
  const child = spawn(process.execPath, [program, place, ...(point === undefined ? [] : [point])], { stdio: 'ignore' });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return code ?? signal;
}

test.each(points)(
  'a process killed at "%s" leaves the old or the new database whole, and goes on',
  async (point) => {
    const place = join(folder, point);
    await cp(join(folder, 'origin'), place, { recursive: true });
    expect(await run(place, point)).toBe('SIGKILL');
    const { database } = deskPlace(place);
    const left = rowsOnDisk(database);
    const people = [...left.keys()].filter((name) => name.startsWith('person ')).length;
    expect(people).toBe(point === 'swapped' ? rowCount + 1 : 1);
    expect(left.has(`person ${waiting}`)).toBe(true);
    expect(existsSync(buildingPath(database))).toBe(point !== 'swapped');
    expect(await run(place)).toBe(0);
    const rows = rowsOnDisk(database);
    expect([...rows.keys()].filter((name) => name.startsWith('person '))).toHaveLength(rowCount + 1);
    expect(rows.has(`person ${waiting}`)).toBe(true);
    expect(existsSync(buildingPath(database))).toBe(false);
  },
  60_000,
);
