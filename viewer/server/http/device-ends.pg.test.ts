import { createHash, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type PairedDevice, pairCompany } from '../../../tests/setup/paired.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';

let viewer: TestViewer;
let manager: PairedDevice;
let clerk: PairedDevice;
let clerkId: string;

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  ({ manager, clerk, clerkId } = await pairCompany(viewer));
});

const authorization = (device: PairedDevice) => ({ authorization: `Bearer ${device.token}` });

/** Opens a stream of hints and reads its first word; `ended` resolves when the viewer ends it. */
async function listen(device: PairedDevice) {
  const response = await fetch(`${viewer.url}/api/sync/events`, { headers: authorization(device) });
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('No stream');
  await reader.read();
  const ended = (async () => {
    for (;;) if ((await reader.read()).done) return 'ended';
  })().catch(() => 'ended');
  return { ended, stop: () => reader.cancel() };
}

/** Begins an upload that never sends its last byte; `cut` resolves when the viewer breaks it. */
async function halfUpload(device: PairedDevice) {
  const bytes = randomBytes(1000);
  const metadata = `sha256 ${Buffer.from(createHash('sha256').update(bytes).digest('hex')).toString('base64')},mediaType ${Buffer.from('a/b').toString('base64')}`;
  const created = await fetch(`${viewer.url}/api/sync/uploads`, {
    method: 'POST',
    headers: {
      ...authorization(device),
      'tus-resumable': '1.0.0',
      'upload-length': '1000',
      'upload-metadata': metadata,
    },
  });
  const patch = httpRequest(new URL(created.headers.get('location') ?? '', viewer.url), {
    method: 'PATCH',
    headers: {
      ...authorization(device),
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': '1000',
    },
  });
  const cut = new Promise<string>((resolve) => {
    patch.on('error', () => resolve('cut'));
    patch.on('response', (response) => resolve(`answer ${response.statusCode}`));
  });
  patch.write(bytes.subarray(0, 400));
  const kept = join(viewer.dataFolder, 'uploads', basename(created.headers.get('location') ?? ''));
  await expect.poll(async () => (await stat(kept)).size).toBe(400);
  return { cut, stop: () => patch.destroy() };
}

const settled = (what: Promise<string>) => Promise.race([what, Promise.resolve('open')]);

test('a revoked device’s hints and uploads end with the revocation, those of others go on', async () => {
  const [own, others, upload] = [await listen(clerk), await listen(manager), await halfUpload(clerk)];
  await manager.call('sync.revokeDevice', { id: clerk.deviceId });
  expect(await own.ended).toBe('ended');
  expect(await upload.cut).toBe('cut');
  expect(await settled(others.ended)).toBe('open');
  await others.stop();
});

test('a colleague’s hints end with the person’s deactivation', async () => {
  const own = await listen(clerk);
  await viewer.viewer.company(manager.organisationId, ({ write }) =>
    write({ kind: 'server' }, [{ entity: 'staff', id: clerkId, set: { active: false } }]),
  );
  expect(await own.ended).toBe('ended');
});

test('a revocation that is rolled back ends nothing', async () => {
  const own = await listen(clerk);
  await expect(clerk.call('sync.revokeDevice', { id: clerk.deviceId })).rejects.toMatchObject({
    code: 'rejected-role',
  });
  await manager.call('sync.renameDevice', { id: clerk.deviceId, name: 'Noch da' });
  expect(await settled(own.ended)).toBe('open');
  await own.stop();
});
