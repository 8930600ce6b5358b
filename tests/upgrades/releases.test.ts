import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../build/lib/run.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { openRelease, releaseFolders, releases } from './releases.ts';

test('every released version has been kept, and the version of this tree is the next one or the last', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  expect([...releaseFolders()].sort()).toEqual([...releases.released].sort());
  // Another version in package.json: `npm run release-fixture` keeps the one that was left, releases.json names both.
  expect([releases.released.at(-1), releases.next]).toContain(version);
  expect(releases.released).not.toContain(releases.next);
});

test.each(releases.released)('the migrations of %s are this version’s first ones, unchanged', (version) => {
  const { folder, manifest } = openRelease(version);
  expect(manifest.version).toBe(version);
  expect(manifest.protocol).toBeLessThanOrEqual(protocolVersion);
  for (const [program, current] of [
    ['desk', 'main/db/migrations'],
    ['viewer', 'viewer/server/db/migrations'],
  ] as const) {
    const kept = join(folder, program, 'migrations');
    const { entries } = journalOf(kept);
    expect(journalOf(join(root, current)).entries.slice(0, entries.length)).toEqual(entries);
    for (const { tag } of entries)
      expect(readFileSync(join(root, current, `${tag}.sql`), 'utf8'), tag).toBe(
        readFileSync(join(kept, `${tag}.sql`), 'utf8'),
      );
  }
});

function journalOf(migrations: string): { readonly entries: readonly { readonly tag: string }[] } {
  return JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as ReturnType<typeof journalOf>;
}
