import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkLayers } from './layers.ts';

const root = join(import.meta.dirname, '../..');
const rules = join(root, '.dependency-cruiser.cjs');
let folder: string | undefined;

afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
  folder = undefined;
});

/** Writes a little product of its own inside the repository, where packages resolve, and checks it. */
async function check(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await mkdir(join(root, '.cache'), { recursive: true });
  folder = await mkdtemp(join(root, '.cache/layers-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return (await checkLayers(folder, rules)).violations;
}

const model = { 'shared/features/notices/model.ts': "import { z } from 'zod';\nexport const notice = z.object({});\n" };

test('what the table allows passes', async () => {
  const violations = await check({
    ...model,
    'main/hosts/electron.ts': "import { ipcMain } from 'electron';\nexport const host = ipcMain;\n",
    'main/features/notices/handlers.ts':
      "import { readFileSync } from 'node:fs';\nimport { notice } from '../../../shared/features/notices/model.ts';\nexport const a = [readFileSync, notice];\n",
    'preload/index.ts':
      "import { ipcRenderer } from 'electron';\nimport type { notice } from '../shared/features/notices/model.ts';\nexport const bridge: [typeof notice, unknown] = ipcRenderer;\n",
    'viewer/web/features/notices/page.tsx':
      "import { useState } from 'react';\nimport type { notice } from '../../../../shared/features/notices/model.ts';\nexport const p: [typeof notice, unknown] = useState;\n",
  });
  expect(violations).toEqual([]);
});

const forbidden: readonly [string, Readonly<Record<string, string>>][] = [
  [
    'shared-is-pure',
    { 'shared/lib/disk.ts': "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n" },
  ],
  ['shared-is-pure', { 'shared/lib/face.ts': "import type { FC } from 'react';\nexport type X = FC;\n" }],
  ['shared-ui-only-shows', { 'shared/ui/x.tsx': "import { z } from 'fastify';\nexport const x = z;\n" }],
  [
    'preload-is-a-bridge',
    { 'preload/index.ts': "import { notice } from '../shared/features/notices/model.ts';\nexport const x = notice;\n" },
  ],
  [
    'faces-import-shared',
    {
      'renderer/app/x.ts': "import { y } from '../../main/y.ts';\nexport const x = y;\n",
      'main/y.ts': "import '../shared/features/notices/model.ts';\nexport const y = 1;\n",
    },
  ],
  [
    'faces-run-in-a-browser',
    { 'viewer/web/x.ts': "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n" },
  ],
  ['faces-carry-no-server', { 'renderer/x.ts': "import { Pool } from 'pg';\nexport const x = Pool;\n" }],
  ['electron-has-its-places', { 'main/service/x.ts': "import { app } from 'electron';\nexport const x = app;\n" }],
  ['electron-has-its-places', { 'main/service/x.ts': "import type { App } from 'electron';\nexport type X = App;\n" }],
  [
    'viewer-imports-shared',
    {
      'viewer/server/x.ts': "import { y } from '../../main/y.ts';\nexport const x = y;\n",
      'main/y.ts': "import '../shared/features/notices/model.ts';\nexport const y = 1;\n",
    },
  ],
  [
    'features-stay-apart',
    {
      'main/features/a/x.ts': "import { y } from '../b/y.ts';\nexport const x = y;\n",
      'main/features/b/y.ts': 'export const y = 1;\n',
    },
  ],
  ['server-runs-unbundled', { 'viewer/server/x.ts': "import { x } from 'fast-check';\nexport const y = x;\n" }],
  ['resolvable', { 'main/x.ts': "import { y } from './nowhere.ts';\nexport const x = y;\n" }],
  [
    'no-circles',
    {
      'main/x.ts': "import { y } from './y.ts';\nexport const x = () => y;\n",
      'main/y.ts': "import { x } from './x.ts';\nexport const y = () => x;\n",
    },
  ],
  [
    'only main/hosts/electron.ts may use ipcMain',
    { 'main/app/x.ts': "import { ipcMain } from 'electron';\nexport const x = ipcMain;\n" },
  ],
];

test.each(forbidden)('%s is found', async (rule, files) => {
  const violations = await check({ ...model, ...files });
  expect(violations.filter((line) => line.startsWith(`${rule}:`))).not.toEqual([]);
});

test('a runtime in which the parser sees nothing is an error, not a pass', async () => {
  await expect(check({ ...model, 'main/x.ts': 'export const x = 1;\n' })).rejects.toThrow('saw no import in main/');
});
