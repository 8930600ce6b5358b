import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { foundCompany } from '../../../tests/setup/company.ts';
import { startTestViewer } from '../../../tests/setup/viewer.ts';
import { deviceTokenTable } from '../db/schema.ts';

test('stopping ends the open streams of desks and waits for nobody who only listens', async () => {
  const viewer = await startTestViewer();
  const company = await foundCompany(viewer.viewer);
  const token = randomBytes(32).toString('base64url');
  await viewer.viewer.global.insert(deviceTokenTable).values({
    tokenHash: createHash('sha256').update(token).digest('hex'),
    organisationId: company.organisationId,
    deviceId: viewer.viewer.newId(),
    staffId: viewer.viewer.newId(),
    createdAt: '2026-01-01T00:00:00.000Z',
    revokedAt: null,
  });
  const stream = await fetch(`${viewer.url}/api/sync/events`, { headers: { authorization: `Bearer ${token}` } });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('event: head');
  await company.add('person', { lastName: 'Bauer' });
  expect((await reader?.read())?.value).toMatch(/"head":3/);
  await Promise.all([viewer.stop(), viewer.stop()]);
  expect((await reader?.read())?.done).toBe(true);
  await expect(fetch(`${viewer.url}/healthz`)).rejects.toThrow();
});

test('stopping waits for no connection on which nothing was asked', async () => {
  const viewer = await startTestViewer();
  const socket = connect(Number(new URL(viewer.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const ended = once(socket, 'close');
  await viewer.stop();
  await ended;
});
