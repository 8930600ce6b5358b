import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../viewer/server/config.ts';
import { idOf, row } from '../access/rows.ts';
import { okOf, startWorld, type World } from '../access/world.ts';
import { startTestS3, type TestS3 } from '../setup/s3.ts';
import { type Desks, isAvailable, openDesks, pdf, sha256Of, stage, until } from './desks.ts';

const org = idOf('company');
const house = idOf('house');
let s3: TestS3;
let world: World;
let desks: Desks;

beforeAll(async () => {
  s3 = await startTestS3();
  const config = await readConfig({ ...s3.environment, DATA_DIR: s3.folder });
  world = await startWorld(config.s3);
  world.clock.now = Date.now();
  desks = await openDesks(world.running);
  await world.found(org, [
    { ...row('organisation', 'company'), id: org } as never,
    row('staff', 'vera'),
    row('property', 'house'),
    row('person', 'anna'),
    row('membership', 'membership', { personId: idOf('anna'), propertyId: house }),
    row('account', 'account', { personId: idOf('anna'), loginEmail: 'anna@example.org' }),
  ]);
});
afterAll(async () => {
  await desks?.stop();
  await world?.stop();
  await s3?.stop();
});

test('a document goes from a desk through the bucket to another desk and to a resident', async () => {
  const owner = { organisationId: org, staffId: idOf('vera') };
  const first = await desks.enter('first', world.url, owner);
  const bytes = pdf(randomBytes(7_000_000));
  const sha256 = sha256Of(bytes);
  const { id } = await first.call('documents.create', {
    fields: {
      propertyId: house,
      title: 'Hausordnung',
      categoryId: null,
      audienceGroups: ['tenant'],
      audiencePersonIds: [],
      periodFrom: null,
      periodTo: null,
    },
    file: await stage(first.call, bytes, 'Hausordnung.pdf'),
  });
  await first.call('documents.publish', { ids: [id] });
  await until(() => isAvailable(world.running, org, sha256));

  const second = await desks.enter('second', world.url, owner);
  await until(async () => {
    const { versions } = await second.call('documents.get', { id });
    return versions[0]?.local === true && !versions[0].uploadPending;
  });
  const parts: Buffer[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const { data } = await second.call('files.read', { sha256, offset });
    parts.push(Buffer.from(data, 'base64'));
    offset += parts.at(-1)?.length ?? 0;
  }
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);

  const anna = await world.login('anna@example.org', [{ organisationId: org, accountId: idOf('account') }]);
  const path = `/api/portal/organisations/${org}/properties/${house}/documents`;
  type Documents = { readonly documents: readonly { readonly file: { readonly url: string } }[] };
  let url = '';
  await until(async () => {
    const { documents } = await okOf<Documents>(await world.request(anna, 'GET', path));
    url = documents[0]?.file.url ?? '';
    return url !== '';
  });
  const whole = await world.request(anna, 'GET', url);
  expect(whole.headers.get('content-length')).toBe(String(bytes.length));
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  const part = await world.request({ headers: { ...anna.headers, range: 'bytes=100-199' } }, 'GET', url);
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  // Nothing of it stays on the viewer's own disk.
  expect(await readdir(join(world.dataFolder, 'uploads'))).toEqual([]);
  expect(await readdir(world.dataFolder)).not.toContain('blobs');
});

test('a storage that is away is said to the resident as a service that does not answer, and uploads wait for it', async () => {
  const desk = await desks.enter('third', world.url, { organisationId: org, staffId: idOf('vera') });
  await s3.pause();
  const bytes = pdf(randomBytes(1000));
  const { id } = await desk.call('documents.create', {
    fields: {
      propertyId: house,
      title: 'Plan',
      categoryId: null,
      audienceGroups: ['tenant'],
      audiencePersonIds: [],
      periodFrom: null,
      periodTo: null,
    },
    file: await stage(desk.call, bytes, 'Plan.pdf'),
  });
  await until(async () => (await desk.call('sync.state', {})).lastError === 'viewer-unreachable');
  expect((await desk.call('documents.get', { id })).versions[0]).toMatchObject({ uploadPending: true, local: true });
  await s3.resume();
  await desk.call('sync.now', {});
  await until(() => isAvailable(world.running, org, sha256Of(bytes)));
});
