import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { fillWithPeople, hashOf, openRunningDesk, type RunningDesk, rowsOnDisk } from '../../tests/setup/bootstrap.ts';
import { startTestViewer, type TestViewer } from '../../tests/setup/viewer.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import type { DeskServiceOptions } from '../service/service.ts';
import type { BootstrapPoint } from './bootstrap.ts';
import { buildingPath } from './bootstrap-store.ts';

let viewer: TestViewer;
let folder: string;
let line: Line;
const desks: RunningDesk[] = [];

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-desk-'));
  line = await openLine(Number(new URL(viewer.url).port));
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.service.stop();
  await line.close();
  await rm(folder, { recursive: true });
});

interface Line {
  readonly url: string;
  /** Breaks after so many bytes of answers, once. */
  readonly breakAfter: (bytes: number) => void;
  /** Hands on so many bytes of answers and then none until `mend`. */
  readonly holdAfter: (bytes: number) => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

async function openLine(port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let left = Number.POSITIVE_INFINITY;
  let holds = false;
  const server: Server = createServer((near) => {
    const far = dial(port, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket);
    near.pipe(far);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    far.on('data', (data) => {
      left -= data.length;
      if (left <= 0 && holds) far.pause();
      else if (left <= 0) {
        left = Number.POSITIVE_INFINITY;
        near.destroy();
      } else near.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakAfter: (bytes) => {
      [left, holds] = [bytes, false];
    },
    holdAfter: (bytes) => {
      [left, holds] = [bytes, true];
    },
    mend: () => {
      left = Number.POSITIVE_INFINITY;
      cut();
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openDesk(name: string, extra: Partial<DeskServiceOptions> = {}): Promise<RunningDesk> {
  const desk = await openRunningDesk(join(folder, name), extra);
  desks.push(desk);
  return desk;
}

async function stop(desk: RunningDesk): Promise<void> {
  desks.splice(desks.indexOf(desk), 1);
  await desk.service.stop();
}

/** A desk that founded the company. */
async function founded(): Promise<{
  readonly desk: RunningDesk;
  readonly organisationId: string;
  readonly code: () => Promise<string>;
}> {
  const desk = await openDesk('founder');
  await desk.call('settings.createOrganisation', {
    name: 'Verwaltung',
    staff: { name: 'Petra', email: 'p@example.org' },
  });
  const { code } = await createPairingCode(viewer.viewer, null);
  await desk.call('sync.connect', { url: viewer.url, code, deviceName: 'PC' });
  const { organisation, staff } = await desk.call('settings.state', {});
  return {
    desk,
    organisationId: organisation?.id ?? '',
    code: async () => (await desk.call('sync.invitePairing', { staffId: staff?.id ?? '', staff: null })).code,
  };
}

async function addPerson(desk: RunningDesk, lastName: string): Promise<string> {
  const blank = { number: null, salutation: null, title: null, firstName: null, company: null, street: null };
  const more = { postalCode: null, city: null, email: null, phone: null, mobile: null };
  return (await desk.call('people.save', { fields: { ...blank, ...more, lastName } })).id;
}

const bootstrapOf = async (desk: RunningDesk) => (await desk.call('sync.state', {})).bootstrap;

test('a desk that joins loads the rows as they are, tells how far it is, and holds what the full log gives', async () => {
  const { desk, organisationId, code } = await founded();
  const kept = await addPerson(desk, 'Bleibt');
  const gone = await addPerson(desk, 'Geht');
  await desk.call('people.remove', { ids: [gone] });
  await desk.call('sync.now', {});
  const points: BootstrapPoint[] = [];
  const second = await openDesk('second', { reached: (point) => points.push(point) });
  await second.call('sync.connect', { url: line.url, code: await code(), deviceName: 'Zweiter' });
  expect(await second.call('settings.state', {})).toMatchObject({
    phase: 'ready',
    organisation: { id: organisationId },
  });
  expect(points).toEqual(['begun', 'loaded', 'indexed', 'caught-up', 'taken-over', 'swapped']);
  expect(await second.call('people.get', { id: kept })).toMatchObject({ person: { lastName: 'Bleibt' } });
  await desk.call('sync.now', {});
  expect(await second.call('sync.now', {})).toMatchObject({ connection: 'online', bootstrap: null, lastError: null });
  const told = second.heard.flatMap((message) => (message.event === 'sync' ? [message.payload.bootstrap] : []));
  expect(told.some((state) => state?.reason === 'joined')).toBe(true);
  expect(second.heard.at(-1)).toBeDefined();
  await stop(desk);
  await stop(second);
  const [replayed, loaded] = [rowsOnDisk(desk.database), rowsOnDisk(second.database)];
  expect(replayed.size).toBeGreaterThan(10);
  expect(hashOf(loaded)).toBe(hashOf(replayed));
  expect(existsSync(buildingPath(second.database))).toBe(false);
});

test('goes on with the next chunk after the line broke and after the process ended', async () => {
  const { organisationId, code } = await founded();
  await fillWithPeople(viewer, organisationId, 20_000);
  const points: BootstrapPoint[] = [];
  const second = await openDesk('second', { reached: (point) => points.push(point) });
  line.breakAfter(1_000_000);
  await second.call('sync.connect', { url: line.url, code: await code(), deviceName: 'Zweiter' });
  expect(await bootstrapOf(second)).toMatchObject({
    required: true,
    problem: 'viewer-unreachable',
    totalRows: expect.any(Number),
  });
  expect((await bootstrapOf(second))?.rows).toBeGreaterThan(1_000);
  await stop(second);
  const again = await openDesk('second', { reached: (point) => points.push(point) });
  await vi.waitFor(async () => expect(await bootstrapOf(again)).toBeNull(), 20_000);
  // One snapshot was enough for both: it was begun once.
  expect(points.filter((point) => point === 'begun')).toHaveLength(1);
  expect(await again.call('people.list', {})).toMatchObject({ total: 18_000 });
});

test('a cancelled loading leaves the desk as it was, and can begin again', async () => {
  const { organisationId, code } = await founded();
  await fillWithPeople(viewer, organisationId, 20_000);
  const second = await openDesk('second');
  line.holdAfter(1_300_000);
  const connecting = second.call('sync.connect', { url: line.url, code: await code(), deviceName: 'Zweiter' });
  await vi.waitFor(async () => expect((await bootstrapOf(second))?.rows).toBeGreaterThan(500), 20_000);
  await second.call('sync.cancelBootstrap', {});
  await connecting;
  expect(await bootstrapOf(second)).toMatchObject({ phase: 'cancelled', required: true });
  expect(await second.call('settings.state', {})).toMatchObject({ organisation: null });
  await vi.waitFor(() => expect(existsSync(buildingPath(second.database))).toBe(false));
  line.mend();
  await second.call('sync.now', {});
  expect(await bootstrapOf(second)).toMatchObject({ phase: 'cancelled' });
  await second.call('sync.bootstrap', {});
  await vi.waitFor(async () => expect(await bootstrapOf(second)).toBeNull(), 20_000);
  expect(await second.call('people.list', {})).toMatchObject({ total: 18_000 });
});

test('loading anew by hand keeps what waits to be sent and what only this desk has', async () => {
  const { desk } = await founded();
  const id = await addPerson(desk, 'Alt');
  await desk.call('sync.now', {});
  await desk.call('sync.setOffline', { offline: true });
  const waiting = await addPerson(desk, 'Wartet');
  await expect(desk.call('sync.bootstrap', {})).rejects.toMatchObject({ code: 'offline' });
  expect(await desk.call('sync.state', {})).toMatchObject({ pendingChanges: 1, bootstrap: null });
  await desk.call('sync.setOffline', { offline: false });
  await desk.call('sync.bootstrap', {});
  const during = await addPerson(desk, 'Dabei');
  await vi.waitFor(async () => expect(await bootstrapOf(desk)).toBeNull(), 20_000);
  for (const person of [id, waiting, during]) expect(await desk.call('people.get', { id: person })).toBeDefined();
  await desk.call('sync.now', {});
  expect(await desk.call('sync.state', {})).toMatchObject({ pendingChanges: 0, rejected: 0, lastError: null });
  const { total } = await desk.call('sync.history', {});
  expect(total).toBeGreaterThan(0);
});
