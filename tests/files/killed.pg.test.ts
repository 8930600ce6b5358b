import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { deskProcess } from '../chaos/processes.ts';
import { startTestViewer, type TestViewer } from '../setup/viewer.ts';
import { attach, isAvailable, until } from './desks.ts';
import { openLine } from './line.ts';

let viewer: TestViewer;
let folder: string;
beforeAll(async () => {
  viewer = await startTestViewer();
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-killed-'));
});
afterAll(async () => {
  await viewer?.stop();
  await rm(folder, { recursive: true, force: true });
});

const megabyte = 1024 * 1024;

test('a desk that is killed in the middle of an upload, twice, goes on where it stood', async () => {
  const line = await openLine(Number(new URL(viewer.url).port));
  const desk = deskProcess({ name: 'killed', folder });
  try {
    await desk.start();
    const { id } = await desk.client().call('settings.createOrganisation', {
      name: 'Verwaltung',
      staff: { name: 'Petra', email: 'p@example.org' },
    });
    const { code } = await createPairingCode(viewer.viewer, null);
    await desk.client().call('sync.connect', { url: line.url, code, deviceName: 'PC' });
    await desk.client().call('files.saveSpace', { uploadLimit: 2_000 });
    const sha256 = await attach(desk.client().call, randomBytes(12 * megabyte));
    const sent = async () => (await desk.client().call('sync.state', {})).uploads[0]?.sent ?? 0;
    for (const least of [2 * megabyte, 5 * megabyte]) {
      await until(async () => (await sent()) >= least);
      await desk.kill();
      await desk.start();
    }
    await desk.client().call('files.saveSpace', { uploadLimit: 0 });
    await until(() => isAvailable(viewer, id, sha256));
    await until(async () => (await desk.client().call('sync.state', {})).pendingUploads === 0);
    // Less than a piece is lost with each death; anew it would have been half as much again.
    expect(line.up()).toBeLessThan(16 * megabyte);
    expect(desk.crashes()).toEqual([]);
  } finally {
    await desk.stop();
    await line.close();
  }
}, 120_000);
