import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root, runNode, tool } from '../lib/run.ts';

/** The two databases and where their migrations live. */
export const databases = [
  { name: 'desk', config: 'drizzle.desk.config.ts', folder: 'main/db/migrations' },
  { name: 'viewer', config: 'drizzle.viewer.config.ts', folder: 'viewer/server/db/migrations' },
] as const;

type Database = (typeof databases)[number];

/**
 * Writes the migration that leads from the last one to the tables as they are now, if they differ.
 * Returns the new files' names; throws with drizzle-kit's words when it fails (it asks nothing: no terminal is attached).
 */
export async function generate(database: Database, name: string): Promise<readonly string[]> {
  const before = await sqlFiles(join(root, database.folder));
  await drizzleKit(database.config, name);
  return (await sqlFiles(join(root, database.folder))).filter((file) => !before.includes(file));
}

/** True when the migrations lead to the tables as they are now. Works on a copy and leaves nothing behind. */
export async function isCurrent(database: Database): Promise<boolean> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache/migrations-'));
  try {
    const out = join(folder, 'migrations');
    const existing = join(root, database.folder);
    const before = await sqlFiles(existing);
    if (before.length > 0) await cp(existing, out, { recursive: true });
    const config = join(folder, 'drizzle.config.ts');
    const text = `import base from ${JSON.stringify(join(root, database.config))};\nexport default { ...base, out: ${JSON.stringify(relative(root, out))} };\n`;
    await writeFile(config, text);
    await drizzleKit(config, 'probe');
    return (await sqlFiles(out)).length === before.length;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function drizzleKit(config: string, name: string): Promise<void> {
  const { code, output } = await runNode([tool('drizzle-kit/bin.cjs'), 'generate', '--config', config, '--name', name]);
  // drizzle-kit ends with 0 after some errors, among them a question that it cannot ask.
  if (code !== 0 || !/Your SQL migration file|No schema changes/.test(output)) {
    throw new Error(`drizzle-kit could not compare the tables:\n${output.trim()}`);
  }
}

async function sqlFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.sql'));
}
