import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../main/db/database.ts';
import { entityTables } from '../../main/db/entity-tables.ts';
import { openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { deskPlace } from '../../main/service/place.ts';
import { createApply } from '../../main/sync/apply.ts';
import { openQueue } from '../../main/sync/queue.ts';
import { entityNames, findEntity } from '../../shared/sync/entities.ts';
import { deskProcess } from '../chaos/processes.ts';
import { holdingOf } from '../chaos/verify.ts';
import { layDesk, onDatabase, openRelease, releases } from './releases.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(releases.released)('a desk of %s', (version) => {
  const release = openRelease(version);
  const open = () => openDatabase({ path: deskPlace(folder).database, key: release.key });

  test('opens with every row, what waits, what is parked and half an upload', async () => {
    await layDesk(release, folder, null);
    const count = (table: string) =>
      onDatabase(release, folder, (sqlite) => sqlite.prepare(`select count(*) from "${table}"`).pluck().get());
    const tables = ['outbox', 'pending_row', 'parked_change', 'local_file', 'conflict', 'property', 'entry'];
    const before = tables.map(count);
    const database = open();
    const rows = openRows(database.sqlite);
    const empty = entityNames.filter((entity) => database.read.select().from(entityTables[entity]).all().length === 0);
    const known = new Set(release.changes.map(({ change }) => change.entity));
    expect(empty.filter((entity) => known.has(entity))).toEqual([]);
    for (const { change } of release.changes) {
      const definition = findEntity(change.entity);
      if (definition === undefined) continue;
      const state = rows.read(definition.name as (typeof entityNames)[number], change.entityId);
      const { deleted, ...fields } = state?.fields ?? {};
      expect(typeof deleted, change.entity).toBe('boolean');
      expect(definition.schema.safeParse(fields).error, change.entity).toBeUndefined();
    }
    expect(openQueue(database.sqlite, rows).pendingChanges()).toBeGreaterThan(4);
    database.close();
    expect(tables.map(count)).toEqual(before);
    const half = onDatabase(release, folder, (sqlite) =>
      sqlite
        .prepare('select size, sent_bytes from local_file where sha256 = ?')
        .get(release.manifest.halfUploaded.sha256),
    );
    const { size, sent } = release.manifest.halfUploaded;
    expect(half).toEqual({ size, sent_bytes: sent });
  });

  test('held what its log replays to', async () => {
    await layDesk(release, folder, null);
    const held = holdingOf({ name: 'old', folder }).rows;
    const waiting = onDatabase(release, folder, (sqlite) =>
      sqlite.prepare("select entity || ' ' || entity_id from pending_row").pluck().all(),
    );
    rmSync(folder, { recursive: true });
    await layDesk(release, folder, null);
    rmSync(deskPlace(folder).database);
    const database = open();
    const { sqlite } = database;
    const apply = createApply({ sqlite, rows: openRows(sqlite), meta: openMeta(sqlite) });
    apply(release.changes, { epoch: release.manifest.organisationId, cursor: release.changes.length });
    const parked = sqlite.prepare('select change from parked_change').pluck().all();
    database.close();
    const replayed = holdingOf({ name: 'new', folder }).rows;
    const settled = ([name]: readonly [string, string]) => !waiting.includes(name);
    expect([...replayed].filter(settled)).not.toEqual([]);
    expect(new Map([...replayed].filter(settled).sort())).toEqual(new Map([...held].filter(settled).sort()));
    expect(parked.filter((change) => String(change).includes('OfTomorrow'))).toHaveLength(2);
  });

  test('that a newer version has written is refused with a sentence, and left alone', async () => {
    await layDesk(release, folder, null);
    onDatabase(release, folder, (sqlite) =>
      sqlite.prepare("insert into __drizzle_migrations (hash, created_at) values ('tomorrow', 9999999999999)").run(),
    );
    expect(open).toThrow(expect.objectContaining({ code: 'protocol-too-new', details: { reason: 'database' } }));
    const desk = deskProcess({ name: '.', folder });
    await desk.start();
    try {
      await expect(desk.client().call('settings.state', {})).rejects.toMatchObject({
        code: 'protocol-too-new',
        details: { reason: 'database' },
      });
    } finally {
      await desk.stop();
    }
    expect(desk.crashes()).toEqual([]);
  });
});
