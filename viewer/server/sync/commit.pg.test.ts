import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Changeset } from '../../../shared/sync/changes.ts';
import { formatHlc, maxClockLead } from '../../../shared/sync/clock.ts';
import { changeFromEdit, type Edit } from '../../../shared/sync/edit.ts';
import { entities } from '../../../shared/sync/entities.ts';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { openSync, type SyncWorld } from '../../../tests/setup/sync.ts';
import { entryRow, foundingRows } from '../../../tests/setup/sync-rows.ts';
import type { DeviceCaller } from '../context.ts';

const start = Date.UTC(2026, 10, 23, 9);

describe('the commit', () => {
  let world: SyncWorld;
  let device: DeviceCaller;
  let statuses: { open: string; closed: string };

  beforeAll(async () => {
    world = await openSync(start);
  });
  afterAll(async () => {
    await world?.close();
  });
  beforeEach(async () => {
    world.clock.now = start;
    const organisation = { id: v7(), name: 'Verwaltung', staffId: v7() };
    device = await pair(await world.pairingCode(null), organisation);
    statuses = { open: v7(), closed: v7() };
    await push(changeset(foundingRows(organisation.id, [organisation.staffId], statuses)));
  });

  const pair = async (
    code: string,
    organisation: { id: string; name: string; staffId: string } | null,
  ): Promise<DeviceCaller> => {
    const paired = await world.handlers['sync.pair'](world.context(null), {
      protocol: protocolVersion,
      code,
      deviceName: 'PC',
      appVersion: '1',
      organisation,
    });
    return {
      kind: 'device',
      organisationId: paired.organisationId,
      deviceId: paired.deviceId,
      staffId: paired.staffId,
    };
  };

  /** New rows as a desk would send them. */
  const changeset = (edits: readonly Edit[], hlc = formatHlc(world.clock.now)): Changeset => {
    const changes = edits.map((edit) => changeFromEdit(entities[edit.entity], null, edit, { id: v7(), hlc }));
    return raw(changes.flatMap((change) => (change === null ? [] : [change])));
  };
  let lastSeq = 0;
  const nextSeq = () => (lastSeq += 1);
  const raw = (changes: readonly Change[]): Changeset => ({
    id: v7(),
    deviceSeq: nextSeq(),
    staffId: device.staffId,
    importId: null,
    changes: [...changes],
  });
  const patch = (edit: Edit, base: Change['base'] = {}, hlc = formatHlc(world.clock.now)): Change => ({
    id: v7(),
    entity: edit.entity,
    entityId: edit.id,
    set: edit.set as Change['set'],
    base,
    hlc,
  });
  const push = (...changesets: Changeset[]) =>
    world.handlers['sync.push'](world.context(device), { protocol: protocolVersion, changesets });
  const pull = (cursor: number) =>
    world.handlers['sync.pull'](world.context(device), { protocol: protocolVersion, cursor });
  const activity = (id: string, fields: Partial<Extract<Edit, { entity: 'activity' }>['set']> = {}): Edit => ({
    entity: 'activity',
    id,
    set: {
      number: null,
      subject: 'Aufzug',
      propertyId: null,
      unitId: null,
      topicId: null,
      statusId: statuses.open,
      statusSeen: null,
      assigneeId: null,
      dueOn: null,
      handledThrough: null,
      openedBy: 'staff',
      createdAt: new Date(world.clock.now).toISOString(),
      ...fields,
    },
  });
  const residentEntry = async (activityId: string): Promise<string> => {
    const stamp = formatHlc(world.clock.now);
    const accountId = v7();
    await world.viewer.company(device.organisationId, ({ write }) =>
      write({ kind: 'account', accountId }, [
        {
          entity: 'entry',
          id: v7(),
          set: {
            activityId,
            kind: 'message',
            authorKind: 'resident',
            authorId: accountId,
            authorName: 'Bauer',
            body: 'Noch kaputt',
            createdAt: new Date(world.clock.now).toISOString(),
            stamp,
            released: true,
            releasedAt: null,
          },
        },
      ]),
    );
    return stamp;
  };
  const fieldsOf = async (entity: string, id: string) => {
    const text = (await world.rows(device.organisationId)).get(`${entity} ${id}`);
    return text === undefined ? null : (JSON.parse(text) as { fields: Record<string, unknown> }).fields;
  };
  const journal = async () =>
    [...(await world.rows(device.organisationId))]
      .filter(([name]) => name.startsWith('conflict '))
      .map(([, text]) => (JSON.parse(text) as { fields: Record<string, unknown> }).fields);

  it('answers a repeated push as the first time and applies it once', async () => {
    const sent = changeset([activity(v7())]);
    const first = await push(sent);
    const head = (await pull(0)).head;
    const again = await push(sent);
    expect(again.verdicts).toEqual(first.verdicts);
    expect((await pull(0)).head).toBe(head);
  });

  it('numbers activities one after the other, also those pushed at once', async () => {
    const ids = [v7(), v7(), v7(), v7()];
    // As desks of version 1, which may come in any order: it is the lock that is looked at here, not the device's count.
    const atOnce = (id: string) =>
      world.handlers['sync.push'](world.context(device), { protocol: 1, changesets: [changeset([activity(id)])] });
    await Promise.all(ids.map(atOnce));
    const numbers = await Promise.all(ids.map(async (id) => (await fieldsOf('activity', id))?.number));
    expect([...numbers].sort()).toEqual([1, 2, 3, 4]);
  });

  it('refuses a changeset whole, keeps it, tells it, and goes on with the next', async () => {
    const [good, also] = [v7(), v7()];
    const bad = raw([patch(activity(good)), patch({ entity: 'activity', id: v7(), set: { subject: 'nicht ganz' } })]);
    const answer = await push(bad, changeset([activity(also)]));
    expect(answer.verdicts.map(({ verdict, code }) => [verdict, code])).toEqual([
      ['rejected', 'rejected-reference'],
      ['applied', null],
    ]);
    expect(await fieldsOf('activity', good)).toBeNull();
    expect(await fieldsOf('activity', also)).not.toBeNull();
    expect((await world.refused(device.organisationId)).map((row) => row.changesetId)).toEqual([bad.id]);
    expect(await journal()).toMatchObject([{ kind: 'rejected', code: 'rejected-reference' }]);
    expect((await push(bad)).verdicts).toMatchObject([{ verdict: 'rejected', code: 'rejected-reference' }]);
  });

  it.each([
    [
      'an unknown entity',
      (id: string) => patch({ entity: 'secret', id, set: {} } as unknown as Edit),
      'rejected-schema',
    ],
    [
      'an unknown field',
      (id: string) => patch({ entity: 'person', id, set: { salary: 1 } } as unknown as Edit),
      'rejected-schema',
    ],
    ['half a merge group', (id: string) => patch({ entity: 'person', id, set: { city: 'Köln' } }), 'rejected-schema'],
    [
      'a value of the wrong kind',
      (id: string) => patch({ entity: 'person', id, set: { phone: 7 } } as unknown as Edit),
      'rejected-schema',
    ],
    [
      'a row only the viewer writes',
      (id: string) => patch({ entity: 'device', id, set: { name: 'x' } }),
      'rejected-role',
    ],
    ['a number the desk made up', (id: string) => patch(activity(id, { number: 99 })), 'rejected-role'],
  ] as const)('refuses %s', async (_what, change, code) => {
    expect((await push(raw([change(v7())]))).verdicts).toMatchObject([{ verdict: 'rejected', code }]);
  });

  it('lets nobody change what is immutable', async () => {
    const id = v7();
    const entry: Edit = {
      entity: 'entry',
      id,
      set: {
        activityId: v7(),
        kind: 'message',
        authorKind: 'staff',
        authorId: device.staffId,
        authorName: 'V',
        body: 'So war es',
        createdAt: new Date(world.clock.now).toISOString(),
        stamp: formatHlc(world.clock.now),
        released: false,
        releasedAt: null,
      },
    };
    await push(changeset([entry]));
    const forged = patch({ ...entry, set: { ...entry.set, body: 'Nie gesagt' } } as Edit);
    expect((await push(raw([forged]))).verdicts).toMatchObject([{ verdict: 'rejected', code: 'rejected-immutable' }]);
    expect((await fieldsOf('entry', id))?.body).toBe('So war es');
  });

  it('clamps a clock from the future to a minute ahead, says so, and never blocks the write', async () => {
    const id = v7();
    const future = formatHlc(world.clock.now + 10 * 365 * 24 * 3600_000);
    const answer = await push(changeset([activity(id)], future));
    expect(answer.verdicts[0]).toMatchObject({
      verdict: 'applied',
      stamps: [{ hlc: formatHlc(world.clock.now + maxClockLead) }],
    });
    expect(await fieldsOf('activity', id)).toMatchObject({ subject: 'Aufzug' });
    expect(await journal()).toMatchObject([{ kind: 'clock-clamped' }]);
  });

  it('lets nothing lie after the clock that counts, so that an entry from the future does not stay on top', async () => {
    const [activityId, entryId] = [v7(), v7()];
    await push(changeset([activity(activityId)]));
    const future = formatHlc(world.clock.now + 10 * 365 * 24 * 3600_000);
    const written = changeset(
      [
        entryRow(entryId, {
          activityId,
          authorId: device.staffId,
          stamp: future,
          createdAt: '2036-11-20T09:00:00.000Z',
        }),
      ],
      future,
    );
    expect((await push(written)).verdicts).toMatchObject([{ verdict: 'applied' }]);
    const limit = formatHlc(world.clock.now + maxClockLead);
    const createdAt = new Date(world.clock.now + maxClockLead).toISOString();
    const counts = { stamp: limit, createdAt };
    const held = JSON.parse((await world.rows(device.organisationId)).get(`entry ${entryId}`) ?? '') as object;
    expect(held).toMatchObject({ fields: counts });
    // Older programs take it over from the log as it counts, and a repeat is known again.
    const logged = (await pull(0)).changes.find(({ change }) => change.entityId === entryId);
    expect(logged?.change).toMatchObject({ set: counts, hlc: limit });
    expect((await push(written)).verdicts).toMatchObject([{ verdict: 'applied', stamps: [{ hlc: limit }] }]);
  });

  it('does not close what holds a resident entry that the closer had not seen', async () => {
    const id = v7();
    await push(changeset([activity(id)]));
    world.clock.now += 1000;
    const stamp = await residentEntry(id);
    world.clock.now += 1000;
    await push(raw([patch({ entity: 'activity', id, set: { statusId: statuses.closed, statusSeen: null } })]));
    expect(await fieldsOf('activity', id)).toMatchObject({ statusId: statuses.open });
    expect((await journal()).map(({ kind }) => kind)).toContain('close-unseen');
    world.clock.now += 1000;
    await push(raw([patch({ entity: 'activity', id, set: { statusId: statuses.closed, statusSeen: stamp } })]));
    expect(await fieldsOf('activity', id)).toMatchObject({ statusId: statuses.closed });
  });

  it('reopens a closed activity when a resident writes', async () => {
    const id = v7();
    await push(changeset([activity(id, { statusId: statuses.closed })]));
    expect(await fieldsOf('activity', id)).toMatchObject({ statusId: statuses.closed });
    world.clock.now += 1000;
    await residentEntry(id);
    expect(await fieldsOf('activity', id)).toMatchObject({ statusId: statuses.open });
  });

  it('publishes what is queued once its file is here', async () => {
    const [id, sha256] = [v7(), 'ab'.repeat(32)];
    const createdAt = new Date(world.clock.now).toISOString();
    await push(
      changeset([
        {
          entity: 'document',
          id,
          set: {
            propertyId: v7(),
            title: 'Hausordnung',
            categoryId: null,
            audienceGroups: ['tenant'],
            audiencePersonIds: [],
            periodFrom: null,
            periodTo: null,
            state: 'queued',
            publishedAt: null,
            createdAt,
          },
        },
        {
          entity: 'attachment',
          id: v7(),
          set: {
            parent: 'document',
            parentId: id,
            sha256,
            fileName: 'h.pdf',
            mediaType: 'application/pdf',
            size: 5,
            position: 0,
            createdAt,
          },
        },
      ]),
    );
    expect(await fieldsOf('document', id)).toMatchObject({ state: 'queued' });
    await world.viewer.company(device.organisationId, ({ write }) =>
      write({ kind: 'server' }, [
        { entity: 'blob', id: v7(), set: { sha256, size: 5, mediaType: 'application/pdf', availableAt: createdAt } },
      ]),
    );
    expect(await fieldsOf('document', id)).toMatchObject({ state: 'published', publishedAt: createdAt });
  });

  it('hands out whole changesets only, and starts over for a cursor it never gave', async () => {
    const ids = Array.from({ length: 900 }, () => v7());
    await push(changeset(ids.slice(0, 450).map((id) => activity(id))));
    await push(changeset(ids.slice(450).map((id) => activity(id))));
    let cursor = 0;
    const seen: string[] = [];
    for (;;) {
      const page = await pull(cursor);
      const last = page.changes.at(-1);
      seen.push(...page.changes.map(({ change }) => change.id));
      if (page.more) {
        const next = await pull(page.cursor);
        expect(next.changes[0]?.changesetId).not.toBe(last?.changesetId);
      }
      cursor = page.cursor;
      if (!page.more) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await pull(0)).head);
    expect(await pull(cursor + 5)).toMatchObject({ reset: true, changes: [] });
  });

  it('shows one company nothing of another, and takes a pairing code once', async () => {
    const mine = await pull(0);
    const code = await world.pairingCode(null);
    const other = await pair(code, { id: v7(), name: 'Andere', staffId: v7() });
    await expect(pair(code, { id: v7(), name: 'Dritte', staffId: v7() })).rejects.toMatchObject({
      code: 'pairing-code-invalid',
    });
    await expect(
      pair(await world.pairingCode(null), { id: device.organisationId, name: 'Räuber', staffId: v7() }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const theirs = await world.handlers['sync.pull'](world.context(other), { protocol: protocolVersion, cursor: 0 });
    const ids = new Set(mine.changes.map(({ change }) => change.entityId));
    expect(theirs.changes.filter(({ change }) => ids.has(change.entityId))).toEqual([]);
  });

  it('refuses what a clerk may not change', async () => {
    const clerkId = v7();
    await push(
      changeset([
        {
          entity: 'staff',
          id: clerkId,
          set: {
            name: 'C',
            email: 'c@example.org',
            role: 'clerk',
            position: null,
            phone: null,
            photo: null,
            active: true,
          },
        },
      ]),
    );
    const sent = raw([patch({ entity: 'organisation', id: device.organisationId, set: { name: 'Meins' } })]);
    expect((await push({ ...sent, staffId: clerkId })).verdicts).toMatchObject([
      { verdict: 'rejected', code: 'rejected-role' },
    ]);
    const stranger = raw([patch(activity(v7()))]);
    expect((await push({ ...stranger, staffId: v7() })).verdicts).toMatchObject([
      { verdict: 'rejected', code: 'rejected-role' },
    ]);
  });
});
