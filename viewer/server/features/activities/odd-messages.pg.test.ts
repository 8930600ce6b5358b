import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, row } from '../../../../tests/access/rows.ts';
import { startWorld, type Visit, verdict, type World } from '../../../../tests/access/world.ts';

const org = idOf('company');

let world: World;
let anna: Visit;
beforeAll(async () => {
  world = await startWorld();
  await world.found(org, [
    { ...row('organisation', 'company'), id: org } as never,
    row('status', 'new'),
    row('property', 'house'),
    row('person', 'anna', { firstName: 'Anna' }),
    row('membership', 'membership of anna', { personId: idOf('anna'), propertyId: idOf('house') }),
    row('account', 'account of anna', { personId: idOf('anna'), loginEmail: 'anna@example.org' }),
  ]);
  anna = await world.login('anna@example.org', [{ organisationId: org, accountId: idOf('account of anna') }]);
}, 120_000);
afterAll(() => world.stop());

function message(set: Readonly<Record<string, unknown>> = {}) {
  return {
    ...{ activityId: randomUUID(), entryId: randomUUID(), propertyId: idOf('house'), unitId: null, topicId: null },
    ...{ subject: 'Heizung', body: 'Seit heute früh kalt.' },
    ...set,
  };
}

const open = async (sent: object) =>
  verdict(await world.request(anna, 'POST', `/api/portal/organisations/${org}/activities`, sent));

test('an id has one spelling: desks compare it as text', async () => {
  const upper = `A${randomUUID().slice(1)}`;
  for (const field of ['activityId', 'entryId', 'propertyId']) {
    const given = field === 'propertyId' ? idOf('house').toUpperCase() : upper;
    expect([field, await open(message({ [field]: given }))]).toEqual([field, 'invalid-input']);
  }
});

test.each(['\u200b', '\u3164\u2800', ' \ufeff\u2060\n', '\u{e0041}'])(
  '%j says nothing to anybody',
  async (invisible) => {
    expect(await open(message({ subject: invisible.trim() }))).toBe('invalid-input');
    expect(await open(message({ body: invisible }))).toBe('invalid-input');
  },
);

test('a text with half a character arrives, and sent again it is the same message', async () => {
  const sent = message({ subject: 'halb \ud83d', body: 'halb \ud83d, ganz 😀' });
  expect(await open(sent)).toBe('ok');
  expect(await open(sent)).toBe('ok');
});

test('nobody floods the desks and the mail of others', async () => {
  // The tests above have written as well.
  const before = 80;
  const verdicts: string[] = [];
  for (let index = 0; index <= 100; index += 1) verdicts.push(await open(message({ unitId: idOf('no flat') })));
  expect(verdicts.slice(0, before)).not.toContain('too-many-requests');
  expect(verdicts.at(-1)).toBe('too-many-requests');
});
