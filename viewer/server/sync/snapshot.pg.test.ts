import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SnapshotFrame, type SnapshotHead, snapshotPath, snapshotsPath } from '../../../shared/sync/snapshot.ts';
import { foundCompany, type TestCompany } from '../../../tests/setup/company.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { deviceTokenTable } from '../db/schema.ts';
import { hashSecret } from './pairing.ts';

let viewer: TestViewer;
let company: TestCompany;

beforeAll(async () => {
  viewer = await startTestViewer();
  company = await foundCompany(viewer.viewer);
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

interface Read {
  readonly frame: SnapshotFrame;
  readonly body: Buffer;
}

async function framesOf(answer: Response): Promise<readonly Read[]> {
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const frames: Read[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const frame = JSON.parse(bytes.toString('utf8', at, end)) as SnapshotFrame;
    const length = 'bytes' in frame ? frame.bytes : 0;
    frames.push({ frame, body: bytes.subarray(end + 1, end + 1 + length) });
    at = end + 1 + length;
  }
  return frames;
}

function linesOf(frames: readonly Read[], entity: string): readonly string[] {
  return frames.flatMap(({ frame, body }) =>
    'entity' in frame && frame.entity === entity ? gunzipSync(body).toString().split('\n').slice(0, -1) : [],
  );
}

test('hands out every row of the company at one sequence, deleted ones too, and nobody else’s', async () => {
  const other = await foundCompany(viewer.viewer, 'Andere');
  await other.add('person', { lastName: 'Fremd' });
  const kept = await company.add('person', { lastName: 'Über \\ und', city: 'Köln' });
  const activity = await company.add('activity', { statusId: company.statusId });
  await company.add('entry', { activityId: activity, body: 'Zeile\tmit\nallem \\ drin' });
  const gone = await company.add('person', { lastName: 'Weg' });
  await company.set({ entity: 'person', id: gone, set: { deleted: true } });
  const head = await begin(await device(company.organisationId));
  expect(head.head).toBeGreaterThan(4);
  const answered = await begin(await device(company.organisationId));
  const token = await device(company.organisationId);
  const own = await begin(token);
  // Written after the sequence: not in it.
  const late = await company.add('person', { lastName: 'Spät' });
  const frames = await framesOf(await send(token, snapshotPath(own.id, 0)));
  const lines = linesOf(frames, 'person');
  expect(lines.map((line) => line.split('\t')[0]).sort()).toEqual([kept, gone].sort());
  expect(lines.join()).not.toContain(late);
  expect(linesOf(frames, 'entry')).toHaveLength(1);
  expect(linesOf(frames, 'entry')[0]).toContain('Zeile\\tmit\\nallem \\\\ drin');
  const table = own.tables.find(({ entity }) => entity === 'person');
  expect(table).toMatchObject({ rows: 2 });
  expect(table?.fields.slice(-2)).toEqual(['deleted', 'clock']);
  const deleted = table?.fields.indexOf('deleted') ?? -1;
  expect(lines.map((line) => line.split('\t')[deleted]).sort()).toEqual(['0', '1']);
  for (const { frame, body } of frames) {
    if ('sha256' in frame) expect(createHash('sha256').update(body).digest('hex')).toBe(frame.sha256);
  }
  expect(frames.at(-1)?.frame).toEqual({ end: true, chunks: frames.length - 1 });
  expect(answered.epoch).toBe(own.epoch);
});

test('goes on from the chunk that is asked for, as often as it takes', async () => {
  const token = await device(company.organisationId);
  const { id } = await begin(token);
  const all = await framesOf(await send(token, snapshotPath(id, 0)));
  expect(all.length).toBeGreaterThan(2);
  const rest = await framesOf(await send(token, snapshotPath(id, 1)));
  expect(rest).toEqual(all.slice(1));
});

test('a desk that begins again gives up its first one', async () => {
  const token = await device(company.organisationId);
  const first = await begin(token);
  const second = await begin(token);
  expect((await send(token, snapshotPath(first.id, 0))).status).toBe(404);
  expect((await send(token, snapshotPath(second.id, 0))).status).toBe(200);
});

test('belongs to the device that asked, and for an hour', async () => {
  const token = await device(company.organisationId);
  const { id } = await begin(token);
  expect((await send(token, snapshotPath(id, 0))).status).toBe(200);
  expect((await send(await device(company.organisationId), snapshotPath(id, 0))).status).toBe(404);
  expect((await send('x'.repeat(64), snapshotPath(id, 0))).status).toBe(401);
  expect((await send('x'.repeat(64), snapshotsPath, { method: 'POST', body: '{"protocol":1}' })).status).toBe(401);
  viewer.forward(3_700_000);
  expect((await send(token, snapshotPath(id, 0))).status).toBe(404);
});
