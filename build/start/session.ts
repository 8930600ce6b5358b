import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clearGround } from '../../viewer/server/db/embedded/place.ts';

/** The one running `npm start` of a data folder. */
export interface Session {
  /** Throws away what is in it. */
  readonly clear: () => Promise<void>;
  /** Lets the next one in. */
  readonly end: () => Promise<void>;
}

/**
 * Takes the data folder for this process. Throws a sentence when another start holds it:
 * two desks on one database would end in damage.
 */
export async function openSession(folder: string): Promise<Session> {
  const lock = join(folder, 'running.pid');
  await mkdir(folder, { recursive: true });
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (holder > 0 && (await isStart(holder))) {
    throw new Error(
      `Treppenhaus is already running here (process ${holder}). End it with Ctrl+C there, then start again.`,
    );
  }
  await rm(lock, { force: true });
  await writeFile(lock, String(process.pid), { flag: 'wx' });
  return { clear: () => empty(folder, 'running.pid'), end: () => rm(lock, { force: true }) };
}

/** Whether the process lives and is one of ours; after a restart of the machine the number may be anybody's. */
async function isStart(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'build/start.ts');
  return line.includes('start.ts');
}

async function empty(folder: string, but: string): Promise<void> {
  await clearGround(join(folder, 'viewer/postgres'));
  for (const name of await readdir(folder)) {
    if (name !== but) await rm(join(folder, name), { recursive: true, force: true });
  }
}
