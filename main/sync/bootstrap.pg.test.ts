import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { startTestViewer, type TestViewer } from '../../tests/setup/viewer.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import { deskPlace } from '../service/place.ts';
import { type DeskService, startDeskService } from '../service/service.ts';

let viewer: TestViewer;
let folder: string;
const desks: DeskService[] = [];

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-desk-'));
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.stop();
  await rm(folder, { recursive: true });
});

async function openDesk(name: string): Promise<Client<DeskOperationName>> {
  const print = (facts: unknown, message: string) =>
    process.stderr.write(`${message} ${String((facts as { err?: Error }).err?.stack)}\n`);
  const service = await startDeskService({
    ...deskPlace(join(folder, name)),
    key: Buffer.alloc(32, 7),
    shell: { host: 'browser', keyProtection: 'file', notify: () => {}, openExternal: () => {} },
    log: { info: () => {}, warn: () => {}, error: print },
  });
  desks.push(service);
  return createClient<DeskOperationName>((operation, input) => service.callText(operation, JSON.stringify(input)));
}

test('a fresh desk that joins gets its rows by a snapshot', async () => {
  const first = await openDesk('a');
  await first('settings.createOrganisation', { name: 'Verwaltung', staff: { name: 'Petra', email: 'p@example.org' } });
  const { code } = await createPairingCode(viewer.viewer, null);
  await first('sync.connect', { url: viewer.url, code, deviceName: 'PC' });
  const { staff } = await first('settings.state', {});
  const second = await openDesk('b');
  const pairing = await first('sync.invitePairing', { staffId: staff?.id ?? null, staff: null });
  await second('sync.connect', { url: viewer.url, code: pairing.code, deviceName: 'Zweiter' });
  expect(await second('settings.state', {})).toMatchObject({ phase: 'ready', organisation: { name: 'Verwaltung' } });
  expect(await second('sync.now', {})).toMatchObject({ connection: 'online', bootstrap: null, lastError: null });
});
