import { randomBytes } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type SnapshotHead, snapshotPath, snapshotsPath } from '../../../shared/sync/snapshot.ts';
import { foundCompany, type TestCompany } from '../../../tests/setup/company.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { deviceTokenTable } from '../db/schema.ts';
import { hashSecret } from '../sync/pairing.ts';

let viewer: TestViewer;
let company: TestCompany;

beforeAll(async () => {
  viewer = await startTestViewer();
  company = await foundCompany(viewer.viewer);
  // More than the system keeps for a line that nobody reads.
  const activityId = await company.add('activity', { statusId: company.statusId });
  for (let n = 0; n < 300; n += 1)
    await company.add('entry', { activityId, body: randomBytes(36_000).toString('base64') });
});
afterAll(() => viewer?.stop());

async function device(organisationId: string): Promise<string> {
  const token = v7().replaceAll('-', '').repeat(2);
  await viewer.viewer.global.insert(deviceTokenTable).values({
    tokenHash: hashSecret(token),
    organisationId,
    deviceId: v7(),
    staffId: v7(),
    createdAt: new Date().toISOString(),
    revokedAt: null,
  });
  return token;
}

const send = (token: string, path: string, init: RequestInit = {}) =>
  fetch(viewer.url + path, {
    ...init,
    headers: {
      authorization: `Bearer ${token}`,
      ...(init.method === 'POST' && { 'content-type': 'application/json' }),
    },
  });

async function begin(token: string): Promise<SnapshotHead> {
  const answer = await send(token, snapshotsPath, { method: 'POST', body: '{"protocol":1}' });
  return ((await answer.json()) as { ok: SnapshotHead }).ok;
}

/** Snapshot files that this process, and so the viewer in it, holds open. */
async function heldFiles(): Promise<number> {
  const handles = await readdir('/proc/self/fd');
  const paths = await Promise.all(handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => '')));
  return paths.filter((path) => path.startsWith(`${viewer.dataFolder}/snapshots/`)).length;
}

/** A line that asks for a snapshot and reads nothing of it; answers how to hang up. */
async function mute(token: string, id: string): Promise<() => void> {
  const socket = connect(Number(new URL(viewer.url).port), '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(`GET ${snapshotPath(id, 0)} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`);
  return () => socket.destroy();
}

test('lines that hang up before they hear anything leave no file open', async () => {
  const token = await device(company.organisationId);
  const { id } = await begin(token);
  for (let line = 0; line < 40; line += 1) {
    const hangUp = await mute(token, id);
    await new Promise((resolve) => setTimeout(resolve, line % 8));
    hangUp();
  }
  await (await send(token, snapshotPath(id, 0))).arrayBuffer();
  await vi.waitFor(async () => expect(await heldFiles()).toBe(0), { timeout: 5000 });
});

test('a desk that asks often at once takes one turn, and the others theirs', async () => {
  const [often, once] = [await device(company.organisationId), await device(company.organisationId)];
  const begun = await Promise.all(
    [often, often, often, often, often, often, once].map((token) =>
      send(token, snapshotsPath, { method: 'POST', body: '{"protocol":1}' }),
    ),
  );
  const statuses = begun.map(({ status }) => status);
  expect(statuses.pop()).toBe(200);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
});

test('a desk that reads nothing holds few lines, and none of a snapshot that it gave up', async () => {
  const token = await device(company.organisationId);
  const { id } = await begin(token);
  await (await send(token, snapshotPath(id, 0))).arrayBuffer();
  const hangUps = [];
  for (let line = 0; line < 8; line += 1) hangUps.push(await mute(token, id));
  await begin(token);
  await vi.waitFor(async () => expect(await heldFiles()).toBe(0), { timeout: 5000 });
  for (const hangUp of hangUps) hangUp();
});
