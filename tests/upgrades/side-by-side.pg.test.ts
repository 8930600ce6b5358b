import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withDatabase } from '../../build/release/story.ts';
import { freePort } from '../../viewer/server/db/embedded/cluster.ts';
import { type DeskProcess, deskProcess, viewerProcess } from '../chaos/processes.ts';
import { inStep, openStage, type Stage } from '../chaos/stage.ts';
import { holdingOf, viewerHolding } from '../chaos/verify.ts';
import { layDesk, layViewer, onDatabase, openRelease, releases } from './releases.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());

const rowsOf = (rows: ReadonlyMap<string, string>) => new Map([...rows].sort());

describe.each(releases.released)('%s beside this version', (version) => {
  const release = openRelease(version);
  const { organisationId, halfUploaded } = release.manifest;
  const data = () => join(stage.folder, 'viewer');

  const viewerOf = async (port: number, program?: string) =>
    stage.started(
      await viewerProcess({
        folder: stage.folder,
        port,
        databaseUrl: stage.database.url,
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
    const desk = await stage.started(deskProcess({ name: 'new', folder: stage.folder }));
    await desk.client().call('sync.connect', { url, code, deviceName: 'Neu' });
    return desk;
  };

  test('a desk of then delivers all to the viewer of now, works beside a desk of now, and is upgraded', async () => {
    await layViewer(release, stage.database.url, data());
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await viewerOf(port);
    await layDesk(release, join(stage.folder, 'old'), url);
    const old = await stage.started(deskProcess({ name: 'old', folder: stage.folder, program: release.deskProgram }));
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
    const upgraded = await stage.started(deskProcess({ name: 'old', folder: stage.folder }));
    await inStep(upgraded);
    await inStep(fresh);
    await inStep(upgraded);
    for (const desk of [upgraded, fresh]) await desk.stop();
    const viewer = await viewerHolding(stage.database.url, organisationId);
    expect(viewer.refused).toEqual([]);
    for (const desk of [upgraded, fresh]) expect(rowsOf(holdingOf(desk).rows), desk.name).toEqual(rowsOf(viewer.rows));
    expect(stage.crashes()).toEqual([]);
  }, 240_000);

  test('a desk of now delivers all to the viewer of then, or says what to do and delivers after its upgrade', async () => {
    await layViewer(release, stage.database.url, data());
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const viewer = await viewerOf(port, release.viewerProgram);
    await layDesk(release, join(stage.folder, 'desk'), url);
    const waiting = onDatabase(release, join(stage.folder, 'desk'), (sqlite) =>
      sqlite.prepare("select sum(change_count) from outbox where state = 'pending'").pluck().get(),
    );
    expect(waiting).toBeGreaterThan(4);
    const desk = await stage.started(deskProcess({ name: 'desk', folder: stage.folder }));
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
    const held = await viewerHolding(stage.database.url, organisationId);
    expect(held.refused).toEqual([]);
    for (const each of [desk, fresh]) expect(rowsOf(holdingOf(each).rows), each.name).toEqual(rowsOf(held.rows));
    expect(stage.crashes()).toEqual([]);
  }, 240_000);

  test('what a desk of then did not understand is parked, and merged by the version that does', async () => {
    await layViewer(release, stage.database.url, data());
    const port = await freePort();
    await viewerOf(port);
    await layDesk(release, join(stage.folder, 'old'), `http://127.0.0.1:${port}`);
    const old = await stage.started(deskProcess({ name: 'old', folder: stage.folder, program: release.deskProgram }));
    await inStep(old);
    await old.stop();
    const onOld = <T>(statement: string, ...values: readonly string[]) =>
      onDatabase(release, join(stage.folder, 'old'), (sqlite) =>
        sqlite
          .prepare(statement)
          .pluck()
          .all(...values),
      ) as readonly T[];
    const strange = "select seq from parked_change where change like '%OfTomorrow%' order by seq";
    const logged = await withDatabase(stage.database.url, (client) =>
      client.query<{ seq: string }>("select seq from change_log where change::text like '%OfTomorrow%' order by seq"),
    );
    expect(onOld(strange)).toEqual(logged.rows.map(({ seq }) => Number(seq)));
    // The version that knows the field: here it is called as one of this version's.
    onDatabase(release, join(stage.folder, 'old'), (sqlite) =>
      sqlite.exec(`update parked_change set change = replace(change, '"fieldOfTomorrow"', '"icon"')`),
    );
    const upgraded = await stage.started(deskProcess({ name: 'old', folder: stage.folder }));
    await upgraded.stop();
    expect(onOld(strange)).toHaveLength(1);
    expect(onOld("select count(*) from topic where icon = 'später'")).toEqual([1]);
  }, 240_000);
});
