import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { newTopic, type PairedDevice, pairCompany } from '../../../tests/setup/paired.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { deviceTokenTable } from '../db/schema.ts';

let viewer: TestViewer;
let clerk: PairedDevice;
let organisationId: string;

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  const company = await pairCompany(viewer);
  clerk = company.clerk;
  organisationId = company.manager.organisationId;
});

const pull = () => clerk.call('sync.pull', { protocol: protocolVersion, cursor: 0 });
const push = () => clerk.call('sync.push', { protocol: protocolVersion, changesets: [] });
/** As another process of the viewer writes it, before it tells this one. */
const mark = (facts: Partial<typeof deviceTokenTable.$inferInsert>) =>
  viewer.viewer.global.update(deviceTokenTable).set(facts).where(eq(deviceTokenTable.deviceId, clerk.deviceId));
const at = '2026-11-23T12:00:00.000Z';

test.each([
  ['revoked', { revokedAt: at }, {}],
  ['told to destroy its key', { revokedAt: at, destroyAskedAt: at }, { destroyKey: true }],
  ['suspended', { suspendedAt: at }, { reason: 'staff-inactive' }],
])('a device that is %s is refused from the next request on, however soon it comes', async (_what, facts, details) => {
  await pull();
  await mark(facts);
  await expect(pull()).rejects.toMatchObject({ code: 'device-revoked', details });
  await mark({ revokedAt: null, suspendedAt: null, destroyAskedAt: null });
  await pull();
  await mark(facts);
  await expect(push()).rejects.toMatchObject({ code: 'device-revoked', details });
});

test('a token that is gone opens nothing', async () => {
  await pull();
  await viewer.viewer.global.delete(deviceTokenTable).where(eq(deviceTokenTable.deviceId, clerk.deviceId));
  await expect(push()).rejects.toMatchObject({ code: 'device-revoked' });
  await expect(pull()).rejects.toMatchObject({ code: 'not-signed-in' });
});

test('who hears of changes hears of a push once, though two tell of it', async () => {
  const stream = await fetch(`${viewer.url}/api/sync/events`, { headers: { authorization: `Bearer ${clerk.token}` } });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = (await reader?.read())?.value ?? '';
  await clerk.push(clerk.changeset([newTopic('Aufzug')]));
  const { head } = await pull();
  await viewer.viewer.company(organisationId, ({ write }) =>
    write({ kind: 'server' }, [{ entity: 'staff', id: clerk.staffId, set: { name: 'Carl Sachbar' } }]),
  );
  while (!heard.includes(`"head":${head + 1}`)) heard += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  expect(heard.split(`"head":${head}}`).length - 1).toBe(1);
});
