import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { deskPlace } from '../../main/service/place.ts';
import { type DeskService, startDeskService } from '../../main/service/service.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { blobId } from '../../shared/features/files/model.ts';
import { organisationHeadTable } from '../../viewer/server/db/schema.ts';
import { blobTable } from '../../viewer/server/features/files/table.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { startTestViewer, type TestViewer } from '../setup/viewer.ts';

let viewer: TestViewer;
let line: Line;
let folder: string;
const desks: DeskService[] = [];

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-desk-'));
  line = await openLine(Number(new URL(viewer.url).port));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const desk of desks.splice(0)) await desk.stop();
  await line.close();
  await rm(folder, { recursive: true });
});

/** A line to the viewer that can be cut. */
interface Line {
  readonly url: string;
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

async function openLine(port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = dial(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface TestDesk {
  readonly call: Client<DeskOperationName>;
  readonly stop: () => Promise<void>;
}

async function openDesk(name: string): Promise<TestDesk> {
  const nothing = () => undefined;
  const service = await startDeskService({
    ...deskPlace(join(folder, name)),
    key: Buffer.alloc(32, 7),
    shell: {
      host: 'browser',
      keyProtection: 'file',
      notify: nothing,
      openExternal: nothing,
      destroyKey: async () => undefined,
    },
    log: { info: nothing, warn: nothing, error: nothing },
  });
  desks.push(service);
  return {
    call: createClient<DeskOperationName>((operation, input) => service.callText(operation, JSON.stringify(input))),
    stop: service.stop,
  };
}

async function founded(): Promise<TestDesk> {
  const desk = await openDesk('a');
  await desk.call('settings.createOrganisation', {
    name: 'Verwaltung',
    staff: { name: 'Petra', email: 'p@example.org' },
  });
  const { code } = await createPairingCode(viewer.viewer, null);
  await desk.call('sync.connect', { url: line.url, code, deviceName: 'PC' });
  return desk;
}

/** Writes an entry with a file; answers the file's hash. */
async function attach(desk: TestDesk, content: Buffer): Promise<string> {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), content, Buffer.from('\n%%EOF\n')]);
  const { uploadId } = await desk.call('files.stageBegin', { fileName: 'a.pdf', size: bytes.length });
  const step = 256 * 1024;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const data = bytes.subarray(offset, offset + step).toString('base64');
    await desk.call('files.stageChunk', { uploadId, offset, data });
  }
  const file = await desk.call('files.stageEnd', { uploadId });
  await desk.call('activities.create', {
    subject: 'Akte',
    propertyId: null,
    unitId: null,
    topicId: null,
    personIds: [],
    entry: { kind: 'note', body: 'siehe Anlage', released: false, files: [{ ...file }] },
  });
  return createHash('sha256').update(bytes).digest('hex');
}

async function company(desk: TestDesk): Promise<string> {
  const { organisation } = await desk.call('settings.state', {});
  return organisation?.id ?? '';
}
async function isAvailable(organisationId: string, sha256: string): Promise<boolean> {
  const rows = await viewer.viewer.company(organisationId, ({ tx }) =>
    tx
      .select()
      .from(blobTable)
      .where(eq(blobTable.id, blobId(sha256))),
  );
  return rows.length === 1 && (await viewer.viewer.blobs.has(organisationId, sha256));
}
const until = (holds: () => Promise<boolean>) =>
  vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 25_000, interval: 100 });
const uploaded = async (desk: TestDesk) => (await desk.call('sync.state', {})).pendingUploads === 0;

test('a file whose last byte arrived but which the viewer could not keep is uploaded again, not forgotten', async () => {
  const desk = await founded();
  const id = await company(desk);
  const adopt = vi.spyOn(viewer.viewer.blobs, 'adopt').mockRejectedValueOnce(new Error('the process ends here'));
  const sha256 = await attach(desk, randomBytes(3_000_000));
  await until(() => uploaded(desk));
  expect(adopt.mock.calls.length).toBeGreaterThan(1);
  expect(await isAvailable(id, sha256)).toBe(true);
});

test('an upload goes on after the line broke, and begins anew where the viewer lost what it had', async () => {
  const desk = await founded();
  const id = await company(desk);
  line.cut();
  const sha256 = await attach(desk, randomBytes(8_000_000));
  line.mend();
  await desk.call('sync.now', {});
  await until(async () => ((await desk.call('sync.state', {})).uploads[0]?.sent ?? 0) > 0);
  line.cut();
  await until(async () => (await desk.call('sync.state', {})).uploads.length === 0);
  const uploads = join(viewer.dataFolder, 'uploads');
  for (const file of await readdir(uploads)) await rm(join(uploads, file));
  line.mend();
  await until(() => isAvailable(id, sha256));
  await until(() => uploaded(desk));
});

test('a file that is gone on one side does not stop the others', async () => {
  const first = await founded();
  const id = await company(first);
  line.cut();
  const lost = await attach(first, randomBytes(100));
  const others = [await attach(first, randomBytes(200)), await attach(first, randomBytes(300))];
  await rm(join(deskPlace(join(folder, 'a')).dataDir, 'blobs', lost.slice(0, 2), lost));
  line.mend();
  await until(async () => (await Promise.all(others.map((sha256) => isAvailable(id, sha256)))).every(Boolean));
  await until(async () => (await first.call('sync.state', {})).pendingUploads === 1);

  const [gone = '', there = ''] = others;
  await rm(join(viewer.dataFolder, 'blobs', id, gone.slice(0, 2), gone));
  const { staff } = await first.call('settings.state', {});
  const { code } = await createPairingCode(viewer.viewer, { organisationId: id, staffId: staff?.id ?? '' });
  const second = await openDesk('b');
  await second.call('sync.connect', { url: line.url, code, deviceName: 'Laptop' });
  const has = (sha256: string) =>
    readdir(join(deskPlace(join(folder, 'b')).dataDir, 'blobs', sha256.slice(0, 2))).then(
      (names) => names.includes(sha256),
      () => false,
    );
  await until(() => has(there));
  expect(await has(gone)).toBe(false);
});

test('a viewer that was restored gets back rows and files', async () => {
  const desk = await founded();
  const id = await company(desk);
  const sha256 = await attach(desk, randomBytes(1000));
  await until(() => isAvailable(id, sha256));
  await until(() => uploaded(desk));
  // A backup from before the file came: another epoch, and neither its row nor its bytes.
  await viewer.viewer.company(id, async ({ tx }) => {
    await tx.update(organisationHeadTable).set({ epoch: v7() });
    await tx.delete(blobTable).where(eq(blobTable.id, blobId(sha256)));
  });
  await rm(join(viewer.dataFolder, 'blobs', id, sha256.slice(0, 2), sha256));
  await desk.call('sync.now', {});
  await until(() => isAvailable(id, sha256));
});

test('the desk is online again by itself after the viewer was away, and holds what was written meanwhile', async () => {
  const desk = await founded();
  await until(async () => (await desk.call('sync.state', {})).connection === 'online');
  line.cut();
  await until(async () => (await desk.call('sync.state', {})).connection === 'offline');
  await attach(desk, randomBytes(10));
  const { confirmedAt, pendingChanges } = await desk.call('sync.state', {});
  expect(pendingChanges).toBeGreaterThan(0);
  line.mend();
  await until(async () => (await desk.call('sync.state', {})).connection === 'online');
  const after = await desk.call('sync.state', {});
  expect(after).toMatchObject({ pendingChanges: 0, lastError: null });
  expect((after.confirmedAt ?? '') > (confirmedAt ?? '')).toBe(true);
});
