import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OperationError } from '../../shared/lib/errors.ts';
import { type Office, type OfficeDesk, officeKey, openOffice } from '../../tests/setup/office.ts';
import { startTestViewer, type TestViewer } from '../../tests/setup/viewer.ts';
import { openDatabase } from '../db/database.ts';
import { metaKeys, metaText, openMeta } from '../db/meta.ts';
import { createForking, wishFork } from './fork.ts';
import { createRemote, type Remote } from './remote.ts';

let viewer: TestViewer;
let office: Office;

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  // Past the limits of pairings and forks.
  viewer.forward(60 * 60_000);
  office = await openOffice(viewer);
});
afterEach(() => office.close());

const clone = (from: string, to: string) =>
  cpSync(join(office.folder, from), join(office.folder, to), { recursive: true });
const databaseOf = (name: string) => office.place(name).database;
const restore = (name: string, backup: string) => {
  for (const suffix of ['-wal', '-shm']) rmSync(databaseOf(name) + suffix, { force: true });
  copyFileSync(join(office.folder, backup), databaseOf(name));
};
const devices = async (desk: OfficeDesk) =>
  (await desk.call('sync.devices', {})).map((one) => [one.name, one.own] as const);
const told = async (desk: OfficeDesk) =>
  (await desk.call('sync.history', { offset: 0, limit: 50 })).rows.map((entry) => entry.code);

describe('a folder that was cloned', () => {
  test('becomes two devices; what both write while both work reaches both, once', async () => {
    const first = await office.found('a');
    await first.add('Vorher');
    await first.call('sync.setOffline', { offline: true });
    await first.add('Wartet bei beiden');
    await first.stop();
    clone('a', 'b');
    const [one, two] = [await office.open('a'), await office.open('b')];
    await one.add('Nur links');
    await two.add('Nur rechts');
    for (const desk of [one, two]) await desk.call('sync.setOffline', { offline: false });
    await one.sync();
    await two.sync();
    await two.add('Rechts danach');
    await one.add('Links danach');
    for (const desk of [two, one, two]) await desk.sync();
    const all = ['Links danach', 'Nur links', 'Nur rechts', 'Rechts danach', 'Vorher', 'Wartet bei beiden'];
    expect(await one.names()).toEqual(all);
    expect(await two.names()).toEqual(all);
    const seen = [await devices(one), await devices(two)].map((list) => new Map(list));
    expect(seen.map((list) => list.size)).toEqual([2, 2]);
    expect(seen.map((list) => [...list].find(([, own]) => own)?.[0]).sort()).toEqual(['Büro-PC', 'Büro-PC (Kopie)']);
    // A person is told, in the history and in the list.
    const codes = [...(await told(one)), ...(await told(two))];
    expect(codes.filter((code) => code === 'device-forked')).toHaveLength(1);
    const own = [...(await one.call('sync.devices', {})), ...(await two.call('sync.devices', {}))].filter((d) => d.own);
    expect(own.filter((device) => device.forkedAt !== null).map((device) => device.name)).toEqual(['Büro-PC (Kopie)']);
  });

  test('three times, becomes four', async () => {
    const first = await office.found('a');
    await first.stop();
    for (const name of ['b', 'c', 'd']) clone('a', name);
    const desks = await Promise.all(['a', 'b', 'c', 'd'].map(office.open));
    for (const [index, desk] of desks.entries()) await desk.add(`Von ${index}`);
    for (const desk of desks) await desk.sync();
    for (const desk of desks) await desk.add('Noch eine');
    for (const desk of desks) await desk.sync();
    for (const desk of desks) await desk.sync();
    for (const desk of desks) expect(await desk.names()).toHaveLength(8);
    expect((await devices(desks[0] ?? first)).map(([name]) => name).sort()).toEqual([
      'Büro-PC',
      'Büro-PC (Kopie 2)',
      'Büro-PC (Kopie 3)',
      'Büro-PC (Kopie)',
    ]);
  });
});

describe('a database that was restored from a backup', () => {
  test('becomes a device of its own, gets back what its earlier self had pushed, and loses nothing', async () => {
    const desk = await office.found('a');
    await desk.add('Vor dem Backup');
    await desk.sync();
    await desk.call('sync.setOffline', { offline: true });
    await desk.add('Wartete im Backup');
    await desk.stop();
    copyFileSync(databaseOf('a'), join(office.folder, 'backup'));
    const later = await office.open('a');
    await later.call('sync.setOffline', { offline: false });
    await later.add('Nach dem Backup');
    await later.sync();
    await later.stop();
    restore('a', 'backup');
    const restored = await office.open('a');
    expect(await restored.names()).toEqual(['Vor dem Backup', 'Wartete im Backup']);
    await restored.add('Nach dem Zurückspielen');
    await restored.call('sync.setOffline', { offline: false });
    await restored.sync();
    expect(await restored.names()).toEqual([
      'Nach dem Backup',
      'Nach dem Zurückspielen',
      'Vor dem Backup',
      'Wartete im Backup',
    ]);
    expect(new Map(await devices(restored)).get('Büro-PC (Kopie)')).toBe(true);
    expect(await told(restored)).toContain('device-forked');
    await restored.stop();
    const again = await office.open('a');
    await again.sync();
    expect(await devices(again)).toHaveLength(2);
  });

  test('without its files beside it (another machine) becomes one too', async () => {
    const desk = await office.found('a');
    await desk.add('Da');
    await desk.sync();
    await desk.stop();
    clone('a', 'b');
    rmSync(office.place('b').incarnationFile);
    const other = await office.open('b');
    await other.sync();
    expect(new Map(await devices(other)).get('Büro-PC (Kopie)')).toBe(true);
    const same = await office.open('a');
    await same.sync();
    expect(new Map(await devices(same)).get('Büro-PC')).toBe(true);
  });
});

describe('becoming a device of its own', () => {
  /** The database of a stopped desk that knows to be a copy, and the viewer over a line that `break` may spoil. */
  async function copyOf(name: string, spoil: (call: () => Promise<unknown>, operation: string) => Promise<unknown>) {
    const { sqlite, close } = openDatabase({ path: databaseOf(name), key: officeKey });
    const meta = openMeta(sqlite);
    wishFork(meta);
    const remote = () => {
      const real = createRemote(viewer.url, metaText(meta, metaKeys.token), new AbortController().signal);
      return ((operation: never, input: never) => spoil(() => real(operation, input), operation)) as Remote;
    };
    const forking = createForking({ sqlite, meta, now: Date.now });
    const run = () =>
      forking(remote(), async () => undefined).then(
        () => 'round',
        (error: OperationError) => error.code,
      );
    return { run, meta, sqlite, close };
  }

  test('whose answer is lost again and again ends with one device', async () => {
    const desk = await office.found('a');
    await desk.call('sync.setOffline', { offline: true });
    for (const name of ['Eins', 'Zwei', 'Drei']) await desk.add(name);
    await desk.stop();
    let lost = 0;
    const copy = await copyOf('a', async (call) => {
      const answer = await call();
      if (lost++ < 3) throw new OperationError('viewer-unreachable');
      return answer;
    });
    const before = metaText(copy.meta, metaKeys.deviceId);
    for (let round = 0; round < 3; round += 1) {
      expect(await copy.run()).toBe('viewer-unreachable');
      expect(metaText(copy.meta, metaKeys.deviceId)).toBe(before);
    }
    expect(await copy.run()).toBe('device-forked');
    expect(await copy.run()).toBe('round');
    expect(metaText(copy.meta, metaKeys.deviceId)).not.toBe(before);
    const numbers = copy.sqlite.prepare('select device_seq from outbox order by device_seq').pluck().all();
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const marks = copy.sqlite.prepare('select distinct device_seq from pending_row order by device_seq').pluck().all();
    expect(marks).toEqual(numbers.slice(-3));
    copy.close();
    const again = await office.open('a');
    await again.call('sync.setOffline', { offline: false });
    await again.sync();
    expect(await again.names()).toEqual(['Drei', 'Eins', 'Zwei']);
    expect(await devices(again)).toHaveLength(2);
  });

  test('waits, and the old name stays good, where the viewer knows no copies yet', async () => {
    await (await office.found('a')).stop();
    const copy = await copyOf('a', async (call, operation) => {
      if (operation === 'sync.fork') throw new OperationError('unknown-operation');
      return call();
    });
    expect(await copy.run()).toBe('round');
    expect(copy.meta.get(metaKeys.fork)).not.toBeNull();
    copy.close();
  });
});
