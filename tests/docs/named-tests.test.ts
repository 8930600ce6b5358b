import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const read = (page: string): string => readFileSync(join(root, 'docs', page), 'utf8');

/** Files that a page names in code: `viewer/server/sync/commit.ts`, with a folder, so that one finds them. */
function filesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:tsx?|mjs|sql|json))`/g)].map(([, path]) => path ?? '');
}

describe('what the documents name', () => {
  test.each(pages)('%s names only files that exist', (page) => {
    expect(filesIn(read(page)).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('every failure of the sync has a test that exists', () => {
    const [, table = ''] = read('sync.md').split('## What happens when');
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| failure'));
    expect(rows.length).toBeGreaterThan(25);
    const without = rows.filter((row) => !filesIn(row.split('|').at(-2) ?? '').some((path) => path.includes('.test.')));
    expect(without).toEqual([]);
  });

  test('no test is named by half its path', () => {
    const halves = [...read('sync.md').matchAll(/`([\w.-]+\.test\.tsx?)`/g)].map(([, name]) => name);
    expect(halves).toEqual([]);
  });
});
