import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../main/db/database.ts';
import { deskKey } from './parts.ts';

/** A migrated desk database without a company, from which every desk of a run starts. Answers its path. */
export function makeTemplate(folder: string): string {
  const path = join(folder, 'template.sqlite');
  openDatabase({ path, key: deskKey }).close();
  return path;
}

/** A folder for the databases of runs. */
export function runFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'treppenhaus-simulator-'));
}
