import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { JsonValue } from '../../shared/sync/changes.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import { type EntityName, entities, entityNames } from '../../shared/sync/entities.ts';
import { hashOf, openRunningDesk, type RunningDesk, rowsOnDisk } from '../../tests/setup/bootstrap.ts';
import { startTestViewer, type TestViewer } from '../../tests/setup/viewer.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';

let viewer: TestViewer;
let folder: string;
const desks: RunningDesk[] = [];

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-replay-'));
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.service.stop();
  await rm(folder, { recursive: true });
});

async function openDesk(name: string): Promise<RunningDesk> {
  const desk = await openRunningDesk(join(folder, name));
  desks.push(desk);
  return desk;
}

/** Values that some field or other takes; awkward ones first, where a field takes text. */
const candidates: readonly JsonValue[] = [
  'Straße \\ "Ä"',
  true,
  7,
  '2026-01-15',
  '2026-01-15T08:00:00.000Z',
  'a@example.org',
  'ab'.repeat(32),
  '001763906700123-0000',
  '01930000-0000-7000-8000-000000000001',
  '#a1b2c3',
  'DE89370400440532013000',
  'image/png',
  [],
  ['tenant'],
  { a: { b: 1, aa: 2 }, a1: ['ü'] },
  {},
  null,
];

/** A value that the field takes. @param turn another one where it takes several */
function valueFor(name: string, schema: z.ZodType, turn: number): JsonValue {
  const { enum: options = [] } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as { enum?: JsonValue[] };
  const fit = [...options, ...candidates].filter((value) => schema.safeParse(value).success);
  const value = fit[turn % Math.max(1, Math.min(fit.length, 2))];
  if (value === undefined) throw new Error(`No value for ${name}`);
  return value;
}

function rowOf(entity: EntityName, turn: number): Edit {
  const shape = entities[entity].shape as Readonly<Record<string, z.ZodType>>;
  const set = Object.fromEntries(
    Object.entries(shape).map(([field, schema]) => [field, valueFor(`${entity}.${field}`, schema, turn)]),
  );
  return { entity, id: v7(), set } as unknown as Edit;
}

const person = (lastName: string) => ({
  fields: {
    number: null,
    salutation: null,
    title: null,
    firstName: null,
    lastName,
    company: null,
    street: null,
    postalCode: null,
    city: null,
    email: null,
    phone: null,
    mobile: null,
  },
});

test('a company with rows of every kind, deletions and conflicts: loaded rows are those of the full log', async () => {
  const founder = await openDesk('founder');
  await founder.call('settings.createOrganisation', {
    name: 'Verwaltung',
    staff: { name: 'P', email: 'p@example.org' },
  });
  const { code } = await createPairingCode(viewer.viewer, null);
  await founder.call('sync.connect', { url: viewer.url, code, deviceName: 'PC' });
  const { organisation, staff } = await founder.call('settings.state', {});
  const organisationId = organisation?.id ?? '';
  const invite = async () => (await founder.call('sync.invitePairing', { staffId: staff?.id ?? '', staff: null })).code;
  const write = (edits: readonly Edit[]) =>
    viewer.viewer.company(organisationId, (company) => company.write({ kind: 'server' }, edits));

  for (const entity of entityNames) {
    const rows = [0, 1, 2].map((turn) => rowOf(entity, turn));
    await write(rows);
    const [edited, deleted] = rows as [Edit, Edit, Edit];
    await write([{ entity, id: deleted.id, set: { deleted: true } } as Edit]);
    const later = rowOf(entity, 1);
    const mutable = Object.keys(later.set).filter((field) => {
      const group = entities[entity].groupOf[field] ?? '';
      return !entities[entity].immutable.has(group) && (entities[entity].fieldsOf[group]?.length ?? 0) === 1;
    });
    const [field] = mutable;
    if (field === undefined) continue;
    await write([{ entity, id: edited.id, set: { [field]: later.set[field as never] } } as unknown as Edit]);
  }

  const { id } = await founder.call('people.save', person('Anfang'));
  await founder.call('sync.now', {});
  const rival = await openDesk('rival');
  await rival.call('sync.connect', { url: viewer.url, code: await invite(), deviceName: 'B' });
  for (const desk of [founder, rival]) await desk.call('sync.setOffline', { offline: true });
  await founder.call('people.save', { id, fields: { lastName: 'Vom Gründer' } });
  await rival.call('people.save', { id, fields: { lastName: 'Vom Zweiten' } });
  for (const desk of [founder, rival, founder]) {
    await desk.call('sync.setOffline', { offline: false });
    await desk.call('sync.now', {});
  }
  expect((await founder.call('sync.state', {})).conflicts).toBeGreaterThan(0);

  const joined = await openDesk('joined');
  await joined.call('sync.connect', { url: viewer.url, code: await invite(), deviceName: 'C' });
  for (const desk of [founder, joined]) {
    expect(await desk.call('sync.now', {})).toMatchObject({ bootstrap: null, lastError: null, pendingChanges: 0 });
    expect(await desk.call('sync.check', {})).toMatchObject({ outcome: 'same', different: [], skipped: [] });
  }
  for (const desk of desks) await desk.service.stop();
  const [replayed, loaded] = [rowsOnDisk(founder.database), rowsOnDisk(joined.database)];
  const kinds = new Set([...replayed.keys()].map((name) => name.split(' ')[0]));
  expect([...kinds].sort()).toEqual([...entityNames].sort());
  expect([...loaded].filter(([name, text]) => replayed.get(name) !== text)).toEqual([]);
  expect(hashOf(loaded)).toBe(hashOf(replayed));
});
