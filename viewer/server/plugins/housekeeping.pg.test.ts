import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { loginTable, rateLimitTable, sessionTable, verificationTable } from '../db/auth-schema.ts';
import { pairingCodeTable } from '../db/schema.ts';
import { forgetWhatIsOver } from './workers.ts';

let viewer: TestViewer;
beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer.stop());

test('what is over is forgotten, what holds is kept', async () => {
  const { global } = viewer.viewer;
  const [past, future] = [new Date(Date.now() - 1000), new Date(Date.now() + 60_000)];
  const at = { createdAt: past, updatedAt: past };
  await global.insert(loginTable).values({ id: 'l', name: 'Anna', email: 'a@example.de', emailVerified: true, ...at });
  for (const [name, expiresAt] of [
    ['over', past],
    ['valid', future],
  ] as const) {
    await global.insert(sessionTable).values({ id: name, token: name, userId: 'l', expiresAt, ...at });
    await global.insert(verificationTable).values({ id: name, identifier: name, value: 'l', expiresAt, ...at });
    await global.insert(rateLimitTable).values({ key: name, count: 1, windowEndsAt: expiresAt });
  }
  const codes = [
    { codeHash: 'over', expiresAt: '2020-01-01T00:00:00.000Z', usedAt: null },
    { codeHash: 'used', expiresAt: '2099-01-01T00:00:00.000Z', usedAt: '2020-01-01T00:00:00.000Z' },
    { codeHash: 'valid', expiresAt: '2099-01-01T00:00:00.000Z', usedAt: null },
  ];
  await global.insert(pairingCodeTable).values(codes);
  await forgetWhatIsOver(viewer.viewer);
  expect((await global.select().from(sessionTable)).map((row) => row.id)).toEqual(['valid']);
  expect((await global.select().from(verificationTable)).map((row) => row.id)).toEqual(['valid']);
  expect((await global.select().from(rateLimitTable)).map((row) => row.key)).toEqual(['valid']);
  expect((await global.select().from(pairingCodeTable)).map((row) => row.codeHash)).toEqual(['valid']);
});
