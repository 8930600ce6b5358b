import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { withDatabase } from '../../build/release/story.ts';
import { freePort } from '../../viewer/server/db/embedded/cluster.ts';
import { databaseIdentity } from '../../viewer/server/db/embedded/place.ts';
import { pairingCode } from './pairing.ts';
import { type DeskProcess, deskProcess, viewerProcess } from './processes.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';
import { inStep, openStage, type Stage } from './stage.ts';
import { holdingOf, viewerHolding } from './verify.ts';

const disk = await openSmallDisk(64);
afterAll(() => disk?.stop());

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  disk?.empty();
  await stage.clear();
});

/** The desk's operations as people use them; the deed that found no room says so, and the ones before it stay. */
async function writeUntilFull(desk: DeskProcess): Promise<{ readonly kept: readonly string[]; readonly code: string }> {
  const kept: string[] = [];
  for (;;) {
    const subject = `Vorgang ${kept.length}`;
    const entry = { kind: 'note', body: 'x'.repeat(40_000), released: false } as const;
    const nowhere = { propertyId: null, unitId: null, topicId: null, personIds: [] };
    const error = await desk
      .client()
      .call('activities.create', { subject, ...nowhere, entry })
      .then(
        () => null,
        (reason: unknown) => reason as { readonly code: string },
      );
    if (error !== null) return { kept, code: error.code };
    kept.push(subject);
  }
}

async function subjectsOf(desk: DeskProcess): Promise<readonly string[]> {
  const { rows } = await desk.client().call('activities.list', { filter: 'all', limit: 500 });
  return rows.map(({ subject }) => subject).sort();
}

async function found(desk: DeskProcess): Promise<string> {
  const staff = { name: 'Petra Voll', email: 'petra@voll.example' };
  return (await desk.client().call('settings.createOrganisation', { name: 'Hausverwaltung Voll', staff })).id;
}

async function stageFile(desk: DeskProcess, size: number) {
  return desk.client().stage('Plan.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n')], size));
}

// Without the right to mount the desk's side is what main/service/service.test.ts sees, with a limit of SQLite's own.
test.each(disk === null ? [] : [disk])(
  'a desk whose disk is full keeps what it said it kept, and goes on with room',
  async (small) => {
    const desk = await stage.started(deskProcess({ name: 'desk', folder: small.folder }));
    await found(desk);
    small.fill();
    const { kept, code } = await writeUntilFull(desk);
    expect(code).toBe('disk-full');
    expect(await subjectsOf(desk)).toEqual([...kept].sort());
    await expect(stageFile(desk, 300_000)).rejects.toMatchObject({ code: 'disk-full' });

    await desk.kill();
    await desk.start();
    // With no room at all it may not even open; then it says so, and nothing else.
    const subjects = await subjectsOf(desk).catch((error: { readonly code: string }) => error.code);
    expect([[...kept].sort(), 'disk-full']).toContainEqual(subjects);

    small.empty();
    await desk.stop();
    await desk.start();
    expect(await subjectsOf(desk)).toEqual([...kept].sort());
    const staged = await stageFile(desk, 300_000);
    expect(staged.size).toBe(300_000);
    const more = { subject: 'Wieder Platz', propertyId: null, unitId: null, topicId: null, personIds: [] };
    await desk.client().call('activities.create', { ...more, entry: { kind: 'note', body: 'Danke', released: false } });
    await desk.stop();
    expect(holdingOf(desk).changes.length).toBeGreaterThan(kept.length);
    expect(desk.crashes()).toEqual([]);
  },
  120_000,
);

/** The viewer's database without room, and with it again. */
interface Room {
  readonly take: () => Promise<void>;
  readonly give: () => Promise<void>;
}

/** Moves the database to the small disk; without one, PostgreSQL's own answer to a full disk comes from a trigger. */
async function databaseRoom(small: SmallDisk | null): Promise<Room> {
  if (small === null) {
    const trigger = `create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
      create trigger no_room before insert on change_log execute function no_room()`;
    return {
      take: () => withDatabase(stage.database.url, async (client) => void (await client.query(trigger))),
      give: () =>
        withDatabase(
          stage.database.url,
          async (client) => void (await client.query('drop function no_room() cascade')),
        ),
    };
  }
  const place = mkdtempSync(join(small.folder, 'tablespace-'));
  const identity = await databaseIdentity();
  if (identity !== undefined) await chown(place, identity.uid, identity.gid);
  const name = new URL(stage.database.url).pathname.slice(1);
  await withDatabase(`${inject('postgresUrl')}/postgres`, async (client) => {
    await client.query(`create tablespace ${name} location '${place}'`);
    await client.query(`alter database ${name} set tablespace ${name}`);
  });
  return { take: async () => small.fill(), give: async () => small.empty() };
}

test('a viewer without room keeps desks waiting, refuses nothing, and takes everything once there is room', async () => {
  const room = await databaseRoom(disk);
  const { folder } = stage;
  const port = await freePort();
  const viewer = await stage.started(
    await viewerProcess({ folder, port, databaseUrl: stage.database.url, smtpUrl: '' }),
  );
  const [desk, other] = [deskProcess({ name: 'a', folder }), deskProcess({ name: 'b', folder })];
  for (const each of [desk, other]) await stage.started(each);
  const organisationId = await found(desk);
  const url = `http://127.0.0.1:${port}`;
  await desk.client().call('sync.connect', { url, code: await pairingCode(stage.database.url), deviceName: 'A' });
  const { code } = await desk.client().call('sync.invitePairing', { staffId: null, staff: null });
  await other.client().call('sync.connect', { url, code, deviceName: 'B' });
  await inStep(desk);

  await room.take();
  const nowhere = { propertyId: null, unitId: null, topicId: null, personIds: [] };
  for (let count = 0; count < 60; count += 1) {
    const entry = { kind: 'note', body: noise(40_000), released: false } as const;
    await desk.client().call('activities.create', { subject: `Vorgang ${count}`, ...nowhere, entry });
  }
  const state = await desk.client().call('sync.now', {});
  expect(state).toMatchObject({ connection: 'offline', lastError: 'viewer-full', rejected: 0 });
  expect(state.pendingChanges).toBeGreaterThan(0);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  await room.give();
  await inStep(desk);
  await inStep(other);
  expect(await subjectsOf(other)).toHaveLength(60);
  for (const each of [desk, other]) await each.stop();
  await viewer.stop();
  const held = await viewerHolding(stage.database.url, organisationId);
  expect(held.refused).toEqual([]);
  expect(holdingOf(other).rows).toEqual(held.rows);
  expect(stage.crashes()).toEqual([]);
  await withDatabase(`${inject('postgresUrl')}/postgres`, async (client) => {
    const name = new URL(stage.database.url).pathname.slice(1);
    if (disk !== null) await client.query(`alter database ${name} set tablespace pg_default`);
    await client.query(`drop tablespace if exists ${name}`);
  });
}, 240_000);

/** Text that no compression makes small. */
function noise(length: number): string {
  return randomBytes(length / 2).toString('hex');
}

test.each(disk === null ? [] : [disk])(
  'a viewer without room for files says so, and goes on with the upload later',
  async (small) => {
    const { folder } = stage;
    const port = await freePort();
    const environment = { DATA_DIR: join(small.folder, 'files') };
    const options = { folder, port, databaseUrl: stage.database.url, smtpUrl: '', environment };
    const viewer = await stage.started(await viewerProcess(options));
    const desk = await stage.started(deskProcess({ name: 'a', folder }));
    await found(desk);
    const { call } = desk.client();
    const { id: propertyId } = await call('properties.save', { fields: { number: '1', name: 'Haus', kind: 'weg' } });
    const url = `http://127.0.0.1:${port}`;
    await call('sync.connect', { url, code: await pairingCode(stage.database.url), deviceName: 'A' });
    await inStep(desk);
    // Enough to begin with, so that it ends in the middle of the bytes.
    small.fill(1_500_000);
    const file = await stageFile(desk, 3_000_000);
    const nobody = { categoryId: null, audiencePersonIds: [], periodFrom: null, periodTo: null };
    await call('documents.create', {
      file,
      fields: { propertyId, title: 'Plan', audienceGroups: ['owner'], ...nobody },
    });
    await expect
      .poll(() => call('sync.now', {}), { timeout: 30_000, interval: 300 })
      .toMatchObject({ connection: 'online', pendingChanges: 0, pendingUploads: 1, lastError: 'viewer-full' });
    small.empty();
    await inStep(desk);
    const { rows } = await call('documents.list', {});
    expect(rows[0]?.versions[0]).toMatchObject({ sha256: file.sha256, uploadPending: false });
    await desk.stop();
    await viewer.stop();
    expect(stage.crashes()).toEqual([]);
  },
  120_000,
);
