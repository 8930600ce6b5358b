import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../build/lib/run.ts';

const folder = join(import.meta.dirname, '../peers');

/**
 * Installs the peers where they are missing.
 * @returns why they cannot be had, or null
 */
export async function installPeers(say: (text: string) => void): Promise<string | null> {
  if (existsSync(join(folder, 'node_modules/express-pouchdb'))) return null;
  say('Installing the peers (PouchDB 9, express-pouchdb 4) …\n');
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--prefix', folder], { cwd: folder });
  return code === 0 ? null : (output.trim().split('\n').at(-1) ?? 'npm ci failed');
}

/** A process of the peer. */
export function peerProcess(name: 'server' | 'desk'): URL {
  return new URL(`../peers/${name}.process.mjs`, import.meta.url);
}

/** What the peer's desk answers. */
export interface PeerDeskApi {
  readonly open: (folder: string, url: string, name: string) => Promise<void>;
  readonly addUnits: (count: number) => Promise<string[]>;
  readonly live: () => void;
  readonly push: () => Promise<number>;
  readonly pull: () => Promise<number>;
  readonly edit: (ids: readonly string[], seed: number) => Promise<number>;
  readonly editAll: (ids: readonly string[], seed: number) => Promise<void>;
  readonly count: () => Promise<number>;
  readonly arrived: (ids: readonly string[], seed: number) => Promise<number>;
}

/** What the peer's server answers. */
export interface PeerServerApi {
  readonly open: (folder: string) => Promise<string>;
}
