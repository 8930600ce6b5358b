import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Envelope } from '../../../shared/lib/errors.ts';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { pairCompany, pairDevice } from '../../../tests/setup/paired.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { createPairingCode } from './pairing.ts';

let viewer: TestViewer;
beforeAll(async () => {
  viewer = await startTestViewer({ TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => viewer?.stop());

/** Tries a code from an address; answers the code of the refusal, or `ok`, and the seconds to wait. */
async function attempt(code: string, address: string) {
  const response = await fetch(`${viewer.url}/api/sync/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ protocol: protocolVersion, code, deviceName: 'PC', appVersion: '1', organisation: null }),
  });
  const envelope = (await response.json()) as Envelope<unknown>;
  const said = 'ok' in envelope ? 'ok' : envelope.error.code;
  return { said, status: response.status, wait: Number(response.headers.get('retry-after')) };
}

const quarter = 15 * 60_000;

test('a code pairs one desk, once, within a quarter of an hour', async () => {
  const { manager, clerkId } = await pairCompany(viewer);
  const owner = { organisationId: manager.organisationId, staffId: clerkId };
  const { code } = await createPairingCode(viewer.viewer, owner);
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
  // As people type it.
  expect(await attempt(` ${code.toLowerCase().replace('-', ' ')}`, '10.0.0.1')).toMatchObject({ said: 'ok' });
  expect(await attempt(code, '10.0.0.1')).toMatchObject({ said: 'pairing-code-invalid', status: 404 });
  const late = await createPairingCode(viewer.viewer, owner);
  viewer.forward(quarter + 1);
  expect(await attempt(late.code, '10.0.0.1')).toMatchObject({ said: 'pairing-code-invalid' });
});

test('of two desks with one code at the same moment one is paired', async () => {
  const { manager, clerkId } = await pairCompany(viewer);
  const { code } = await createPairingCode(viewer.viewer, { organisationId: manager.organisationId, staffId: clerkId });
  const said = await Promise.all([1, 2, 3, 4].map(async (one) => (await attempt(code, `10.0.1.${one}`)).said));
  expect(said.sort()).toEqual(['ok', 'pairing-code-invalid', 'pairing-code-invalid', 'pairing-code-invalid']);
});

test('an address that guesses has to wait, also for a code that is right', async () => {
  const { manager, clerkId } = await pairCompany(viewer);
  const { code } = await createPairingCode(viewer.viewer, { organisationId: manager.organisationId, staffId: clerkId });
  for (let guess = 0; guess < 20; guess += 1) {
    expect(await attempt(`AAAA-AA${guess + 10}`, '10.0.2.1')).toMatchObject({ said: 'pairing-code-invalid' });
  }
  const refused = await attempt(code, '10.0.2.1');
  expect(refused).toMatchObject({ said: 'too-many-requests', status: 429 });
  expect(refused.wait).toBeGreaterThan(0);
  expect(refused.wait).toBeLessThanOrEqual(15 * 60);
  expect(await attempt(code, '10.0.2.2')).toMatchObject({ said: 'ok' });
  viewer.forward(quarter);
  expect(await attempt('AAAA-AAAA', '10.0.2.1')).toMatchObject({ said: 'pairing-code-invalid' });
});

test('many addresses together guess no more than a thousand in a quarter of an hour', async () => {
  viewer.forward(quarter);
  let allowed = 0;
  for (let address = 0; allowed < 1000; address += 1) {
    const tries = Array.from({ length: 20 }, () => attempt('AAAA-AAAA', `10.1.${address >> 8}.${address & 255}`));
    for (const { said } of await Promise.all(tries)) {
      expect(said).toBe('pairing-code-invalid');
      allowed += 1;
    }
  }
  expect(await attempt('AAAA-AAAA', '10.9.9.9')).toMatchObject({ said: 'too-many-requests', status: 429 });
  viewer.forward(quarter);
  const paired = await pairDevice(viewer, null);
  expect(paired.deviceId).toMatch(/^[0-9a-f-]{36}$/);
});
