import { chmod, chown, cp, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runToEnd } from './child.ts';

/** The user a process runs as. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Where root keeps what PostgreSQL must be able to enter. PostgreSQL refuses to run as root, and root's own folders
 * are closed to everybody else, so a clone in `/root` cannot be used in place.
 */
const openGround = '/var/lib/treppenhaus';

/** Whom PostgreSQL runs as: nobody special unless this is root, then the user `postgres` or, without one, `nobody`. */
export async function databaseIdentity(): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([runToEnd('id', ['-u', user]), runToEnd('id', ['-g', user])]);
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new Error('PostgreSQL cannot run as root and there is no user "postgres" or "nobody". Start as another user.');
}

/** The folder of PostgreSQL's programs, copied to open ground when `identity` could not enter it where it is. */
export async function programsFor(identity: Identity | undefined, native: string): Promise<string> {
  if (!identity || (await isOpen(join(native, 'bin/postgres')))) return native;
  const { version }: { version: string } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8'));
  const copy = join(openGround, `programs-${version}`);
  if (await isOpen(join(copy, 'complete'))) return copy;
  await rm(copy, { recursive: true, force: true });
  await mkdir(openGround, { recursive: true, mode: 0o755 });
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  const opened = await runToEnd('chmod', ['-R', 'a+rX', openGround, copy]);
  if (opened.code !== 0) throw new Error(`PostgreSQL's programs could not be copied: ${opened.output.trim()}`);
  await mkdir(join(copy, 'complete'), { mode: 0o755 });
  return copy;
}

/**
 * Makes `folder` a directory that `identity` owns and can enter; where the way to it is closed, a link to such a one on
 * open ground. Without its link a directory there is nobody's, so a link that is gone means that the data are.
 */
export async function groundFor(
  identity: Identity | undefined,
  folder: string,
  ground: string = openGround,
): Promise<string> {
  const known = await linked(folder);
  if (!known && (await stat(folder).catch(() => undefined))) return folder;
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const inPlace = !known && (!identity || (await isOpen(parent)));
  const real = known ?? (inPlace ? folder : await outside(ground));
  await mkdir(real, { recursive: true, mode: 0o700 });
  if (identity) await chown(real, identity.uid, identity.gid);
  if (!known && !inPlace) await symlink(real, folder);
  return real;
}

async function outside(ground: string): Promise<string> {
  await mkdir(ground, { recursive: true });
  await chmod(ground, 0o755);
  return mkdtemp(join(ground, 'data-'));
}

/** Removes a folder that `groundFor` made, and what it links to. */
export async function clearGround(folder: string): Promise<void> {
  const real = await linked(folder);
  if (real) await rm(real, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

async function linked(path: string): Promise<string | undefined> {
  return readlink(path).catch(() => undefined);
}

/** True when everybody may read the file and walk the whole way to it. */
async function isOpen(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats || (stats.mode & 0o005) !== 0o005) return false;
  return dirname(path) === path || isOpen(dirname(path));
}
