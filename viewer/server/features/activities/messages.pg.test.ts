import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { v5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpRequest } from '../../../../shared/contract/http.ts';
import { type HttpOperationName, type Input, type Output, operations } from '../../../../shared/contract/registry.ts';
import { naturalName } from '../../../../shared/sync/natural-id.ts';
import { idOf, row, testNow } from '../../../../tests/access/rows.ts';
import { okOf, startWorld, type Visit, verdict, type World } from '../../../../tests/access/world.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { changeLogTable, residentUploadTable } from '../../db/schema.ts';

const org = idOf('company');
const house = idOf('house');

let world: World;
let anna: Visit;
let bert: Visit;
beforeAll(async () => {
  world = await startWorld();
  await world.found(org, [
    { ...row('organisation', 'company'), id: org } as never,
    row('status', 'new'),
    row('status', 'closed', { name: 'Erledigt', isNew: false, isClosed: true, position: 2 }),
    row('topic', 'damage'),
    row('topic', 'hidden topic', { offered: false }),
    row('property', 'house'),
    row('property', 'other house', { number: '108' }),
    row('unit', 'flat 1', { propertyId: house }),
    row('unit', 'flat 2', { propertyId: house, number: '02' }),
    ...['anna', 'bert'].flatMap((name, index) => [
      row('person', name, { firstName: name, lastName: 'Ähre' }),
      row('membership', `membership of ${name}`, {
        personId: idOf(name),
        propertyId: house,
        unitId: idOf(`flat ${index + 1}`),
      }),
      row('account', `account of ${name}`, { personId: idOf(name), loginEmail: `${name}@example.org` }),
    ]),
  ]);
  const login = (name: string) =>
    world.login(`${name}@example.org`, [{ organisationId: org, accountId: idOf(`account of ${name}`) }]);
  anna = await login('anna');
  bert = await login('bert');
}, 120_000);
afterAll(() => world.stop());

function call<N extends HttpOperationName>(visit: Visit, name: N, input: Input<N>): Promise<Response> {
  const { method, path, body } = httpRequest(operations[name], input as Readonly<Record<string, unknown>>);
  return world.request(visit, method, path, body === null ? undefined : JSON.parse(body));
}
const value = async <N extends HttpOperationName>(visit: Visit, name: N, input: Input<N>): Promise<Output<N>> =>
  okOf<Output<N>>(await call(visit, name, input));

function message(set: Partial<Input<'activities.open'>> = {}): Input<'activities.open'> {
  return {
    ...{ organisationId: org, propertyId: house, unitId: idOf('flat 1'), topicId: idOf('damage') },
    ...{ subject: 'Heizung kalt', body: 'Seit heute früh.', activityId: randomUUID(), entryId: randomUUID() },
    ...set,
  };
}

async function rowsOf(activityId: string) {
  const { activity, activityPerson, attachment, entry } = entityTables;
  return world.running.viewer.company(org, async ({ tx }) => ({
    activities: await tx.select().from(activity).where(eq(activity.id, activityId)),
    links: await tx.select().from(activityPerson).where(eq(activityPerson.activityId, activityId)),
    entries: await tx.select().from(entry).where(eq(entry.activityId, activityId)).orderBy(entry.stamp),
    attachments: await tx
      .select({ attachment })
      .from(attachment)
      .innerJoin(entry, and(eq(entry.id, attachment.parentId), eq(entry.activityId, activityId))),
    changes: await tx.select({ seq: changeLogTable.seq }).from(changeLogTable),
  }));
}

async function upload(visit: Visit, name: string, content: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${world.url}/api/portal/organisations/${org}/uploads`, {
    method: 'POST',
    headers: {
      ...visit.headers,
      origin: world.url,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    body: content,
  });
}
const uploadId = async (visit: Visit, name: string) =>
  (await okOf<{ uploadId: string }>(await upload(visit, name, `content ${name}`))).uploadId;

describe('a resident opens an activity', () => {
  test('it has a number, a link of the author with the id a desk would give it, and stands under Neu', async () => {
    const sent = message();
    const first = await value(anna, 'activities.open', sent);
    const second = await value(anna, 'activities.open', message());
    expect(second.number).toBe(first.number + 1);
    const rows = await rowsOf(sent.activityId);
    expect(rows.activities).toMatchObject([
      {
        number: first.number,
        openedBy: 'resident',
        statusId: idOf('new'),
        handledThrough: null,
        unitId: idOf('flat 1'),
      },
    ]);
    expect(rows.links).toMatchObject([
      { id: v5(naturalName('activityPerson', [sent.activityId, idOf('anna')]), org), personId: idOf('anna') },
    ]);
    expect(rows.entries).toMatchObject([
      {
        ...{ kind: 'message', authorKind: 'resident', authorId: idOf('anna'), authorName: 'anna Ähre', released: true },
        ...{ body: sent.body, stamp: '001781517600000-0000', createdAt: new Date(testNow).toISOString() },
      },
    ]);
  });

  test('sent twice, also at the same time, it is written once and answered the same', async () => {
    const sent = message({ uploadIds: [await uploadId(anna, 'foto.txt')] });
    const answers = await Promise.all([1, 2, 3, 4].map(() => value(anna, 'activities.open', sent)));
    const before = await rowsOf(sent.activityId);
    answers.push(await value(anna, 'activities.open', sent));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const after = await rowsOf(sent.activityId);
    expect([after.entries.length, after.links.length, after.attachments.length]).toEqual([1, 1, 1]);
    expect(after.changes.length).toBe(before.changes.length);
  });

  test('an id that belongs to somebody else, or to another message, is a conflict', async () => {
    const sent = message();
    await value(anna, 'activities.open', sent);
    const asBert = { unitId: idOf('flat 2') };
    expect(await verdict(await call(bert, 'activities.open', message({ ...asBert, entryId: sent.entryId })))).toBe(
      'conflict',
    );
    expect(
      await verdict(await call(bert, 'activities.open', message({ ...asBert, activityId: sent.activityId }))),
    ).toBe('conflict');
    expect(await verdict(await call(bert, 'activities.open', { ...sent, ...asBert }))).toBe('conflict');
    expect(await verdict(await call(anna, 'activities.open', { ...sent, body: 'anders' }))).toBe('conflict');
    expect(await verdict(await call(anna, 'activities.open', message({ entryId: sent.entryId })))).toBe('conflict');
    expect((await rowsOf(sent.activityId)).entries).toHaveLength(1);
  });

  test.each([
    ['a unit of somebody else', { unitId: idOf('flat 2') }],
    ['a unit that does not exist', { unitId: randomUUID() }],
    ['a topic that is not offered', { topicId: idOf('hidden topic') }],
    ['a topic that does not exist', { topicId: randomUUID() }],
    ['another property', { propertyId: idOf('other house') }],
    ['an upload that does not exist', { uploadIds: [randomUUID()] }],
  ] as const)('%s is not found, and nothing is written', async (_title, set) => {
    const sent = message(set as Partial<Input<'activities.open'>>);
    expect(await verdict(await call(anna, 'activities.open', sent))).toBe('not-found');
    expect((await rowsOf(sent.activityId)).activities).toEqual([]);
  });
});

describe('a resident answers', () => {
  test('once, however often it is sent; a closed activity reopens', async () => {
    const sent = message();
    await value(anna, 'activities.open', sent);
    const [own] = (await rowsOf(sent.activityId)).entries;
    await world.write(org, [
      { entity: 'activity', id: sent.activityId, set: { statusId: idOf('closed'), statusSeen: own?.stamp ?? null } },
    ]);
    const place = { organisationId: org, activityId: sent.activityId };
    expect((await value(anna, 'activities.conversation', place)).activity).toMatchObject({
      isClosed: true,
      status: 'Erledigt',
    });
    const reply = { ...place, entryId: randomUUID(), body: 'Es ist wieder kalt.' };
    await Promise.all([1, 2, 3].map(() => value(anna, 'activities.reply', reply)));
    const conversation = await value(anna, 'activities.conversation', place);
    expect(conversation.activity).toMatchObject({ isClosed: false, status: 'Neu' });
    expect(conversation.entries.map((entry) => [entry.body, entry.mine])).toEqual([
      ['Seit heute früh.', true],
      ['Es ist wieder kalt.', true],
    ]);
  });

  test('stands below what was said before, also where a desk’s clock runs ahead', async () => {
    const sent = message();
    await value(anna, 'activities.open', sent);
    const ahead = '001781599999999-00ff';
    await world.write(org, [
      row('entry', 'ahead', { activityId: sent.activityId, stamp: ahead, body: 'Aus der Zukunft' }),
    ]);
    const place = { organisationId: org, activityId: sent.activityId };
    await value(anna, 'activities.reply', { ...place, entryId: randomUUID(), body: 'Danach' });
    const { entries } = await value(anna, 'activities.conversation', place);
    expect(entries.map((entry) => entry.body)).toEqual(['Seit heute früh.', 'Aus der Zukunft', 'Danach']);
  });

  test('to somebody else’s activity it is not found; with an id that is taken it is a conflict', async () => {
    const sent = message();
    await value(anna, 'activities.open', sent);
    const reply = { organisationId: org, activityId: sent.activityId, entryId: sent.entryId, body: 'x' };
    expect(await verdict(await call(bert, 'activities.reply', reply))).toBe('not-found');
    expect(await verdict(await call(anna, 'activities.reply', reply))).toBe('conflict');
  });

  test('after being unlinked they see their own words and cannot answer', async () => {
    const sent = message();
    await value(anna, 'activities.open', sent);
    await world.write(org, [row('entry', 'later answer', { activityId: sent.activityId, body: 'Antwort' })]);
    const [link] = (await rowsOf(sent.activityId)).links;
    await world.write(org, [{ entity: 'activityPerson', id: link?.id ?? '', set: { deleted: true } }]);
    const place = { organisationId: org, activityId: sent.activityId };
    const conversation = await value(anna, 'activities.conversation', place);
    expect(conversation.entries.map((entry) => entry.body)).toEqual(['Seit heute früh.']);
    expect(conversation.mayReply).toBe(false);
    expect(await verdict(await call(anna, 'activities.reply', { ...place, entryId: randomUUID(), body: 'x' }))).toBe(
      'not-found',
    );
  });
});

describe('files of a message', () => {
  test('come in the order in which they were attached, and belong to one message', async () => {
    const uploadIds = [await uploadId(anna, 'zwei.txt'), await uploadId(anna, 'eins.txt')];
    const sent = message({ uploadIds });
    await value(anna, 'activities.open', sent);
    const { entries } = await value(anna, 'activities.conversation', {
      organisationId: org,
      activityId: sent.activityId,
    });
    expect(entries[0]?.files.map((file) => file.fileName)).toEqual(['zwei.txt', 'eins.txt']);
    expect(await verdict(await call(anna, 'activities.open', message({ uploadIds })))).toBe('not-found');
    const download = await world.request(anna, 'GET', entries[0]?.files[1]?.url ?? '');
    expect(await download.text()).toBe('content eins.txt');
  });

  test('of somebody else cannot be sent, and stay theirs', async () => {
    const uploadIds = [await uploadId(bert, 'bert.txt')];
    expect(await verdict(await call(anna, 'activities.open', message({ uploadIds })))).toBe('not-found');
    const [kept] = await world.running.viewer.company(org, ({ tx }) =>
      tx
        .select()
        .from(residentUploadTable)
        .where(eq(residentUploadTable.id, uploadIds[0] ?? '')),
    );
    expect(kept?.usedAt).toBeNull();
  });
});

describe('what is new', () => {
  const minutes = (count: number) => count * 60_000;
  const unreadOf = async (activityId: string) => {
    const { activities } = await value(anna, 'activities.mine', { organisationId: org, propertyId: house });
    return activities.find((activity) => activity.id === activityId)?.unread;
  };

  test('an answer is unread until it is looked at, also one that was written offline before the last look', async () => {
    const sent = message();
    await value(anna, 'activities.open', sent);
    const place = { organisationId: org, activityId: sent.activityId };
    expect(await unreadOf(sent.activityId)).toBe(false);
    await value(anna, 'activities.seen', place);
    world.clock.now += minutes(60);
    const writtenAt = new Date(testNow - minutes(60)).toISOString();
    await world.write(org, [
      row('entry', 'offline answer', {
        activityId: sent.activityId,
        ...{ createdAt: writtenAt, released: false, releasedAt: null },
      }),
    ]);
    expect(await unreadOf(sent.activityId)).toBe(false);
    await world.write(org, [
      { entity: 'entry', id: idOf('offline answer'), set: { released: true, releasedAt: writtenAt } },
    ]);
    expect(await unreadOf(sent.activityId)).toBe(true);
    const mine = await value(anna, 'properties.mine', {});
    expect(mine[0]?.unread.messages).toBeGreaterThanOrEqual(1);
    world.clock.now += minutes(1);
    await value(anna, 'activities.seen', place);
    expect(await unreadOf(sent.activityId)).toBe(false);
  });
});

describe('texts are texts', () => {
  const hostile = [
    `'; DROP TABLE person; --`,
    `" OR ""="`,
    '<script>alert(document.cookie)</script>',
    '<img src=x onerror=alert(1)>',
    '{{7*7}} #{7*7} %s %n \\u0027 \\',
    'javascript:alert(1)',
    'Zeile eins\nZeile zwei\t\u202eumgekehrt 👩‍👩‍👧 ﷽',
  ];

  test.each(hostile)('%j is stored and answered as it was written', async (text) => {
    const line = text.replace(/[\n\t]/g, ' ');
    const sent = message({ subject: line, body: text });
    await value(anna, 'activities.open', sent);
    const reply = { organisationId: org, activityId: sent.activityId, entryId: randomUUID(), body: text };
    await value(anna, 'activities.reply', reply);
    const rows = await rowsOf(sent.activityId);
    expect(rows.activities[0]?.subject).toBe(line);
    expect(rows.entries.map((entry) => entry.body)).toEqual([text, text]);
    const response = await call(anna, 'activities.conversation', { organisationId: org, activityId: sent.activityId });
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const conversation = await okOf<Output<'activities.conversation'>>(response);
    expect(conversation.activity.subject).toBe(line);
    expect(conversation.entries.map((entry) => entry.body)).toEqual([text, text]);
  });

  test.each(hostile)('%j as an id, a name or a secret changes nothing', async (text) => {
    expect(await verdict(await call(anna, 'activities.conversation', { organisationId: org, activityId: text }))).toBe(
      'invalid-input',
    );
    expect(await verdict(await call(anna, 'activities.open', message({ topicId: text })))).toBe('invalid-input');
    expect(await verdict(await call(anna, 'accounts.invitation', { token: `${text}0123456789abcdef` }))).toMatch(
      /^(invalid-input|invitation-invalid)$/,
    );
    expect(await verdict(await call(anna, 'accounts.signIn', { email: text, password: text }))).toBe(
      'wrong-credentials',
    );
  });

  test('control characters in one line and NUL in a text are refused, with the field', async () => {
    expect(await verdict(await call(anna, 'activities.open', message({ subject: 'a\nb' })))).toBe('invalid-input');
    expect(await verdict(await call(anna, 'activities.open', message({ body: 'a\u0000b' })))).toBe('invalid-input');
    expect(await verdict(await call(anna, 'activities.open', message({ body: '  \n ' })))).toBe('invalid-input');
  });
});
