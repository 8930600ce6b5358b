import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withDatabase } from '../../build/release/story.ts';
import { openDatabase } from '../../main/db/database.ts';
import { openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { deskPlace } from '../../main/service/place.ts';
import { createApply } from '../../main/sync/apply.ts';
import { migrateDatabase } from '../../viewer/server/db/migrate.ts';
import { holdingOf, viewerHolding } from '../chaos/verify.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { layDesk, layViewer, openRelease, releases } from './releases.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(releases.released)('the viewer’s data of %s', (version) => {
  const release = openRelease(version);
  const { organisationId } = release.manifest;

  test('are migrated, and hold what their log replays to', async () => {
    await layViewer(release, database.url, join(folder, 'viewer'));
    await migrateDatabase(database.url);
    const viewer = await viewerHolding(database.url, organisationId);
    expect(viewer.log.map(({ seq }) => seq)).toEqual(release.changes.map(({ seq }) => seq));
    await layDesk(release, folder, null);
    const { database: path } = deskPlace(folder);
    rmSync(path);
    const desk = openDatabase({ path, key: release.key });
    const { sqlite } = desk;
    const apply = createApply({ sqlite, rows: openRows(sqlite), meta: openMeta(sqlite) });
    apply(release.changes, { epoch: organisationId, cursor: release.changes.length });
    desk.close();
    const replayed = holdingOf({ name: 'desk', folder }).rows;
    expect(replayed.size).toBeGreaterThan(20);
    expect(new Map([...viewer.rows].sort())).toEqual(new Map([...replayed].sort()));
  });

  test('of a newer version are left alone', async () => {
    await layViewer(release, database.url, join(folder, 'viewer'));
    await withDatabase(database.url, (client) =>
      client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('tomorrow', 9999999999999)"),
    );
    await expect(migrateDatabase(database.url)).rejects.toThrow(/newer/i);
  });
});
