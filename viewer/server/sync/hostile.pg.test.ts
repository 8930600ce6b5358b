import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Envelope } from '../../../shared/lib/errors.ts';
import type { Change } from '../../../shared/sync/changes.ts';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { changeFromEdit, type Edit } from '../../../shared/sync/edit.ts';
import { entities } from '../../../shared/sync/entities.ts';
import { protocolVersion, type Verdict } from '../../../shared/sync/protocol.ts';
import { foundingRows } from '../../../tests/setup/sync-rows.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { createPairingCode } from './pairing.ts';

let viewer: TestViewer;
let token: string;
let clerkToken: string;
let deviceId: string;
let clerkId: string;
const organisationId = v7();
const staffId = v7();
const statuses = { open: v7(), closed: v7() };

beforeAll(async () => {
  viewer = await startTestViewer();
  const { code } = await createPairingCode(viewer.viewer, null);
  const organisation = { id: organisationId, name: 'Verwaltung', staffId };
  ({ token, deviceId } = await pair(code, organisation));
  clerkId = v7();
  const clerk: Edit = {
    entity: 'staff',
    id: clerkId,
    set: { name: 'C', email: 'c@example.org', role: 'clerk', position: null, phone: null, photo: null, active: true },
  };
  await push([changeset(fresh([...foundingRows(organisationId, [staffId], statuses), clerk]))]);
  ({ token: clerkToken } = await pair(
    (await createPairingCode(viewer.viewer, { organisationId, staffId: clerkId })).code,
    null,
  ));
});
afterAll(() => viewer?.stop());

const pair = (code: string, organisation: { id: string; name: string; staffId: string } | null) =>
  viewer.asDevice('')('sync.pair', {
    protocol: protocolVersion,
    code,
    deviceName: 'PC',
    appVersion: '1',
    organisation,
  });

const fresh = (edits: readonly Edit[], hlc = formatHlc(Date.now())): Change[] =>
  edits.flatMap((edit) => changeFromEdit(entities[edit.entity], null, edit, { id: v7(), hlc }) ?? []);
const patch = (entity: string, entityId: string, set: Change['set']): Change => ({
  id: v7(),
  entity,
  entityId,
  set,
  base: {},
  hlc: formatHlc(Date.now()),
});
let lastSeq = 0;
const nextSeq = () => (lastSeq += 1);
const changeset = (changes: readonly Change[], more: object = {}) => ({
  id: v7(),
  deviceSeq: nextSeq(),
  staffId,
  importId: null,
  changes,
  ...more,
});

async function send(body: string | Uint8Array<ArrayBuffer>, as = token, headers: Record<string, string> = {}) {
  const response = await fetch(`${viewer.url}/api/sync/push`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, envelope: (await response.json()) as Envelope<{ verdicts: Verdict[] }> };
}
async function push(changesets: readonly object[], as = token): Promise<readonly (readonly [string, string | null])[]> {
  const { status, envelope } = await send(JSON.stringify({ protocol: protocolVersion, changesets }), as);
  if (!('ok' in envelope)) throw new Error(`${status} ${envelope.error.code}`);
  return envelope.ok.verdicts.map(({ verdict, code }) => [verdict, code] as const);
}

const topic = (fields: Partial<Extract<Edit, { entity: 'topic' }>['set']> = {}): Edit => ({
  entity: 'topic',
  id: v7(),
  set: { name: 'Aufzug', icon: null, offered: true, position: 1, ...fields },
});
const good = () => changeset(fresh([topic()]));
const rowsOf = async (entity: string, id: string) =>
  (await viewer.asDevice(token)('sync.rows', { rows: [{ entity, id }] })).rows[0]?.state ?? null;
const entry = (set: Partial<Extract<Edit, { entity: 'entry' }>['set']>, id = v7()): Edit => ({
  entity: 'entry',
  id,
  set: {
    activityId: v7(),
    kind: 'message',
    authorKind: 'staff',
    authorId: staffId,
    authorName: 'Verwalterin',
    body: 'Guten Tag',
    createdAt: new Date().toISOString(),
    stamp: formatHlc(Date.now()),
    released: false,
    releasedAt: null,
    ...set,
  },
});

const ok = ['applied', null];

test.each<readonly [string, () => object]>([
  [
    'a lone surrogate',
    () => changeset(fresh([topic()]).map((c) => ({ ...c, set: { ...c.set, name: 'Haus \ud83d' } }))),
  ],
  ['NUL in a text', () => changeset([patch('topic', v7(), { name: 'a\u0000b' })])],
  ['NUL in a field name', () => changeset([patch('topic', v7(), { 'a\u0000b': 1 })])],
  ['NUL in the name of an entity', () => changeset([patch('to\u0000pic', v7(), { name: 'x' })])],
  ['a line break in the name of an entity', () => changeset([patch('to\npic', v7(), { name: 'x' })])],
  ['a surrogate in an unknown field', () => changeset([patch('topic', v7(), { '\udc00': '\ud800' })])],
  ['a number beyond the column', () => changeset(fresh([topic({ position: 2 ** 40 })]))],
  ['a number beyond every integer', () => changeset(fresh([topic({ position: 1e300 })]))],
  ['an entity named like a property of every object', () => changeset([patch('constructor', v7(), { name: 'x' })])],
  ['an object for a text', () => changeset([patch('topic', v7(), { name: { toString: 'x' } })])],
])('%s is refused by itself and stops nothing behind it', async (_what, make) => {
  const [before, bad] = [good(), make()];
  expect(await push([before, bad, good()])).toEqual([ok, ['rejected', 'rejected-schema'], ok]);
  expect(await push([bad])).toEqual([['rejected', 'rejected-schema']]);
});

test('prototype keys are fields like any other, and unknown', async () => {
  const sent = JSON.stringify({ protocol: protocolVersion, changesets: [changeset([patch('topic', v7(), { x: 1 })])] });
  for (const key of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty']) {
    const { status } = await send(
      sent
        .replaceAll(/"id":"[^"]+"/g, () => `"id":"${v7()}"`)
        .replace(/"deviceSeq":\d+/, `"deviceSeq":${nextSeq()}`)
        .replace('"x":1', `"${key}":{"name":"y"}`),
    );
    expect([key, [200, 400].includes(status)]).toEqual([key, true]);
  }
  expect(await push([good()])).toEqual([ok]);
});

test.each<readonly [string, () => string | Uint8Array<ArrayBuffer>, Record<string, string>, number]>([
  [
    'deep JSON',
    () =>
      `{"protocol":1,"changesets":[{"id":"${v7()}","deviceSeq":1,"staffId":"${staffId}","importId":null,"changes":[{"id":"${v7()}","entity":"topic","entityId":"${v7()}","set":{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}},"base":{},"hlc":"000000000000001-0000"}]}]}`,
    {},
    400,
  ],
  [
    '501 changes',
    () => JSON.stringify({ protocol: 1, changesets: [changeset(fresh(Array.from({ length: 501 }, () => topic())))] }),
    {},
    400,
  ],
  ['no changes', () => JSON.stringify({ protocol: 1, changesets: [changeset([])] }), {}, 400],
  ['half a body', () => '{"protocol":1,"changesets":[', {}, 400],
  ['a body that is no gzip', () => '{"protocol":1}', { 'content-encoding': 'gzip' }, 400],
  [
    'half a gzip',
    () => new Uint8Array(gzipSync('{"protocol":1,"changesets":[]}').subarray(0, 20)),
    { 'content-encoding': 'gzip' },
    400,
  ],
  [
    'a gzip bomb',
    () => new Uint8Array(gzipSync(Buffer.alloc(64 * 1024 * 1024, 32))),
    { 'content-encoding': 'gzip' },
    413,
  ],
])('%s gets a code', async (_what, body, headers, status) => {
  const answer = await send(body(), token, headers);
  expect(answer).toMatchObject({
    status,
    envelope: { error: { code: expect.stringMatching(/invalid-input|too-large/) } },
  });
  expect(await push([good()])).toEqual([ok]);
});

test('a changeset twice in one push is applied once', async () => {
  const twice = good();
  expect(await push([twice, twice])).toEqual([ok, ok]);
  const bad = changeset([patch('secret', v7(), { x: 1 })]);
  expect(await push([bad, good(), bad])).toEqual([
    ['rejected', 'rejected-schema'],
    ok,
    ['rejected', 'rejected-schema'],
  ]);
});

test('a change comes once, whatever brings it again, and never with another content', async () => {
  const first = good();
  expect(await push([first])).toEqual([ok]);
  expect(await push([changeset(first.changes), good()])).toEqual([ok, ok]);
  expect(await push([{ ...good(), id: first.id }])).toEqual([['rejected', 'rejected-schema']]);
  const [change] = first.changes;
  const other = fresh([topic()]).map((c) => ({ ...c, id: change?.id ?? '' }));
  expect(await push([changeset(other), good()])).toEqual([['rejected', 'rejected-schema'], ok]);
  const one = v7();
  const twice = fresh([topic(), topic()]).map((c) => ({ ...c, id: one }));
  expect(await push([changeset(twice)])).toEqual([['rejected', 'rejected-schema']]);
  expect(await push([first])).toEqual([ok]);
});

test("a clerk's desk gets no more rights by naming a manager", async () => {
  const rename = changeset([patch('organisation', organisationId, { name: 'Meins' })]);
  expect(await push([rename], clerkToken)).toEqual([['rejected', 'rejected-role']]);
  expect((await rowsOf('organisation', organisationId))?.fields.name).toBe('Verwaltung');
  expect(await push([good()], clerkToken)).toEqual([ok]);
});

test.each<readonly [string, Partial<Extract<Edit, { entity: 'entry' }>['set']>]>([
  ['a resident', { authorKind: 'resident', authorId: v7(), released: true }],
  ['a colleague', { authorId: v7() }],
])('nobody speaks as %s', async (_who, forged) => {
  expect(await push([changeset(fresh([entry(forged)]))])).toEqual([['rejected', 'rejected-role']]);
});

test("a desk does not release a note, nor hide or delete a resident's message", async () => {
  const id = v7();
  expect(await push([changeset(fresh([entry({ kind: 'note' }, id)]))])).toEqual([ok]);
  const release = { released: true, releasedAt: new Date().toISOString() };
  expect(await push([changeset([patch('entry', id, release)])])).toEqual([['rejected', 'rejected-role']]);
  expect(await push([changeset(fresh([entry({ kind: 'note', ...release })]))])).toEqual([
    ['rejected', 'rejected-role'],
  ]);
  const theirs = v7();
  await viewer.viewer.company(organisationId, ({ write }) =>
    write({ kind: 'account', accountId: v7() }, [
      entry({ authorKind: 'resident', authorId: v7(), released: true }, theirs),
    ]),
  );
  const hide = { released: false, releasedAt: null };
  expect(await push([changeset([patch('entry', theirs, hide)])])).toEqual([['rejected', 'rejected-role']]);
});

test.each(['device', 'blob', 'delivery', 'conflict'])('no desk writes a %s', async (entity) => {
  const sent = changeset([patch(entity, entity === 'device' ? deviceId : v7(), { deleted: true })]);
  const [[verdict] = []] = await push([sent]);
  expect(verdict).toBe('rejected');
});

test('text of the largest size arrives', async () => {
  const body = 'ä'.repeat(50_000);
  const id = v7();
  expect(await push([changeset(fresh([entry({ body }, id)]))])).toEqual([ok]);
  expect((await rowsOf('entry', id))?.fields.body).toBe(body);
});

test('dates that are none are refused or harmless, also years away', async () => {
  for (const createdAt of ['2026-99-99T99:99:99.999Z', '0000-00-00T00:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
    const [[verdict] = []] = await push([changeset(fresh([entry({ createdAt, stamp: '999999999999999-ffff' })]))]);
    expect(['applied', 'rejected']).toContain(verdict);
  }
  for (const hlc of ['999999999999999-ffff', '000000000000000-0000']) {
    expect(await push([changeset(fresh([topic()], hlc))])).toEqual([ok]);
  }
});

test('a desk whose first pairing lost its answer pairs again; once it wrote, nobody else can', async () => {
  const organisation = { id: v7(), name: 'Zweite', staffId: v7() };
  const code = async () => (await createPairingCode(viewer.viewer, null)).code;
  const unheard = await pair(await code(), organisation);
  const heard = await pair(await code(), organisation);
  await expect(
    viewer.asDevice(unheard.token)('sync.pull', { protocol: protocolVersion, cursor: 0 }),
  ).rejects.toMatchObject({ code: 'device-revoked' });
  const rows = foundingRows(organisation.id, [organisation.staffId], { open: v7(), closed: v7() });
  const founded = changeset(fresh(rows), { staffId: organisation.staffId });
  expect(await push([founded], heard.token)).toEqual([ok]);
  await expect(pair(await code(), { ...organisation, staffId: v7() })).rejects.toMatchObject({ code: 'conflict' });
});
