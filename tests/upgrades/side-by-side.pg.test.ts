import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withDatabase } from '../../build/release/story.ts';
import type { SyncState } from '../../shared/features/sync/contract.ts';
import { type DeskProcess, deskProcess, freePort, type Mortal, viewerProcess } from '../chaos/processes.ts';
import { holdingOf, viewerHolding } from '../chaos/verify.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { layDesk, layViewer, onDatabase, openRelease, releases } from './releases.ts';

let database: TestDatabase;
let folder: string;
let running: Mortal[];
beforeEach(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
  running = [];
});
afterEach(async () => {
  for (const mortal of running) await mortal.kill();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function started<M extends Mortal>(mortal: M): Promise<M> {
  running.push(mortal);
  await mortal.start();
  return mortal;
}

/** Everything of this desk is at the viewer, and nothing is missing here. */
async function inStep(desk: DeskProcess): Promise<void> {
  let state: SyncState | null = null;
  await expect
    .poll(
      async () => {
        state = await desk.client().call('sync.now', {});
        const { connection, pendingChanges, pendingUploads, lastError } = state;
        // A desk of before has never heard of loading its rows.
        return { connection, pendingChanges, pendingUploads, lastError, bootstrap: state.bootstrap ?? null };
      },
      { timeout: 40_000, interval: 300 },
    )
    .toEqual({ connection: 'online', pendingChanges: 0, pendingUploads: 0, lastError: null, bootstrap: null });
}

const rowsOf = (rows: ReadonlyMap<string, string>) => new Map([...rows].sort());

describe.each(releases.released)('%s beside this version', (version) => {
  const release = openRelease(version);
  const { organisationId, halfUploaded } = release.manifest;
  const data = () => join(folder, 'viewer');

  const viewerOf = async (port: number, program?: string) =>
    started(
      await viewerProcess({
        folder,
        port,
        databaseUrl: database.url,
        smtpUrl: '',
        ...(program === undefined ? {} : { program }),
      }),
    );
  const propertyOf = async (desk: DeskProcess) => {
    const { rows } = await desk.client().call('properties.list', {});
    const [first] = rows;
    if (first === undefined) throw new Error('The desk has no property');
    return first;
  };
  const newDeskBeside = async (old: DeskProcess, url: string): Promise<DeskProcess> => {
    const { code } = await old.client().call('sync.invitePairing', { staffId: null, staff: null });
    const desk = await started(deskProcess({ name: 'new', folder }));
    await desk.client().call('sync.connect', { url, code, deviceName: 'Neu' });
    return desk;
  };

  test('a desk of then delivers all to the viewer of now, works beside a desk of now, and is upgraded', async () => {
    await layViewer(release, database.url, data());
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await viewerOf(port);
    await layDesk(release, join(folder, 'old'), url);
    const old = await started(deskProcess({ name: 'old', folder, program: release.deskProgram }));
    await inStep(old);
    const fresh = await newDeskBeside(old, url);
    await inStep(fresh);
    const { id } = await propertyOf(fresh);
    await fresh.client().call('properties.save', { id, fields: { city: 'Von heute' } });
    await inStep(fresh);
    await inStep(old);
    expect(await propertyOf(old)).toMatchObject({ id, city: 'Von heute' });
    await old.client().call('properties.save', { id, fields: { name: 'Von damals' } });
    await inStep(old);
    await inStep(fresh);
    expect(await propertyOf(fresh)).toMatchObject({ id, name: 'Von damals' });
    const staged = await fresh.client().call('documents.list', { query: 'Pläne' });
    expect(staged.rows[0]?.versions[0]).toMatchObject({ sha256: halfUploaded.sha256, uploadPending: false });

    await old.stop();
    const upgraded = await started(deskProcess({ name: 'old', folder }));
    await inStep(upgraded);
    await inStep(fresh);
    await inStep(upgraded);
    for (const desk of [upgraded, fresh]) await desk.stop();
    const viewer = await viewerHolding(database.url, organisationId);
    expect(viewer.refused).toEqual([]);
    for (const desk of [upgraded, fresh]) expect(rowsOf(holdingOf(desk).rows), desk.name).toEqual(rowsOf(viewer.rows));
    for (const mortal of running) expect(mortal.crashes()).toEqual([]);
  }, 240_000);

  test('a desk of now delivers all to the viewer of then, or says what to do and delivers after its upgrade', async () => {
    await layViewer(release, database.url, data());
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const viewer = await viewerOf(port, release.viewerProgram);
    await layDesk(release, join(folder, 'desk'), url);
    const waiting = onDatabase(release, join(folder, 'desk'), (sqlite) =>
      sqlite.prepare("select sum(change_count) from outbox where state = 'pending'").pluck().get(),
    );
    expect(waiting).toBeGreaterThan(4);
    const desk = await started(deskProcess({ name: 'desk', folder }));
    await inStep(desk);
    const { id } = await propertyOf(desk);
    await desk.client().call('properties.save', { id, fields: { city: 'Von heute' } });
    await inStep(desk);
    const fresh = await newDeskBeside(desk, url);
    await inStep(fresh);
    expect(await propertyOf(fresh)).toMatchObject({ id, city: 'Von heute' });

    await viewer.stop();
    await viewerOf(port);
    await inStep(desk);
    await fresh.client().call('properties.save', { id, fields: { name: 'Nach der Umstellung' } });
    await inStep(fresh);
    await inStep(desk);
    await inStep(fresh);
    for (const each of [desk, fresh]) await each.stop();
    const held = await viewerHolding(database.url, organisationId);
    expect(held.refused).toEqual([]);
    for (const each of [desk, fresh]) expect(rowsOf(holdingOf(each).rows), each.name).toEqual(rowsOf(held.rows));
    for (const mortal of running) expect(mortal.crashes()).toEqual([]);
  }, 240_000);

  test('what a desk of then did not understand is parked, and merged by the version that does', async () => {
    await layViewer(release, database.url, data());
    const port = await freePort();
    await viewerOf(port);
    await layDesk(release, join(folder, 'old'), `http://127.0.0.1:${port}`);
    const old = await started(deskProcess({ name: 'old', folder, program: release.deskProgram }));
    await inStep(old);
    await old.stop();
    const onOld = <T>(statement: string, ...values: readonly string[]) =>
      onDatabase(release, join(folder, 'old'), (sqlite) =>
        sqlite
          .prepare(statement)
          .pluck()
          .all(...values),
      ) as readonly T[];
    const strange = "select seq from parked_change where change like '%OfTomorrow%' order by seq";
    const logged = await withDatabase(database.url, (client) =>
      client.query<{ seq: string }>("select seq from change_log where change::text like '%OfTomorrow%' order by seq"),
    );
    expect(onOld(strange)).toEqual(logged.rows.map(({ seq }) => Number(seq)));
    // The version that knows the field: here it is called as one of this version's.
    onDatabase(release, join(folder, 'old'), (sqlite) =>
      sqlite.exec(`update parked_change set change = replace(change, '"fieldOfTomorrow"', '"icon"')`),
    );
    const upgraded = await started(deskProcess({ name: 'old', folder }));
    await upgraded.stop();
    expect(onOld(strange)).toHaveLength(1);
    expect(onOld("select count(*) from topic where icon = 'später'")).toEqual([1]);
  }, 240_000);
});
