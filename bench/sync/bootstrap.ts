import type { Child } from '../lib/child.ts';
import { median, type Print } from '../lib/lines.ts';
import { type PeerDeskApi, type PeerServerApi, peerProcess } from '../lib/peers.ts';
import { openCountingLine } from '../lib/proxy.ts';
import { clock } from '../lib/time.ts';
import type { World } from '../lib/world.ts';
import { type FirstDesk, inviteDesk, openDesk, openFirstDesk, openViewer, type Viewer } from './company.ts';
import type { CopyDeskApi } from './floor/copy-desk.process.ts';
import type { CopyServerApi } from './floor/copy-server.process.ts';

export interface BootstrapSize {
  readonly rows: number;
  readonly repetitions: number;
}

/**
 * A fresh encrypted desk takes all rows of a company: from the request to pair until it shows them. The floor is the
 * same rows with their clocks, by COPY through gzip over loopback HTTP into an encrypted SQLite with fsync; the peer
 * replicates as many documents of the same eight fields from a server that holds them.
 */
export async function benchBootstrap(world: World, size: BootstrapSize, peers: boolean, print: Print): Promise<void> {
  const viewer = await openViewer(world);
  const first = await openFirstDesk(world, viewer);
  await first.child.call('call', 'sync.setOffline', { offline: true });
  await viewer.child.call('addUnits', first.organisationId, first.propertyId, 0, size.rows);
  await first.child.call('call', 'sync.setOffline', { offline: false });
  await first.child.call('holdsUnits', first.propertyId, size.rows);
  const copy = world.start<CopyServerApi>(new URL('./floor/copy-server.process.ts', import.meta.url));
  const copyUrl = await copy.call('open', viewer.databaseUrl);
  const peer = peers ? await openPeer(world, size.rows) : null;

  const ours: Loaded[] = [];
  const floor: Loaded[] = [];
  const theirs: number[] = [];
  for (let repetition = 0; repetition < size.repetitions; repetition += 1) {
    ours.push(await loadDesk(world, viewer, first, viewer.url, size.rows));
    floor.push(await loadFloor(world, copyUrl));
    if (peer !== null) theirs.push(await peer());
  }
  const seconds = (runs: readonly Loaded[]) => median(runs.map((run) => run.milliseconds)) / 1000;
  print('bootstrap.seconds', seconds(ours), 's', {
    floor: seconds(floor),
    peer: peer === null ? null : median(theirs) / 1000,
  });
  print('bootstrap.memory', Math.max(...ours.map((run) => run.memory)) / 1e6, 'MB', {
    floor: median(floor.map((run) => run.memory)) / 1e6,
  });

  // On a line that counts, which no time is taken on.
  const line = await openCountingLine(viewer.url);
  await loadDesk(world, viewer, first, line.url, size.rows);
  const { whole, bare } = await copy.call('ndjson');
  print('bootstrap.wire against gzip NDJSON of rows with clocks', line.received() / 1e6, 'MB', { floor: whole / 1e6 });
  print('bootstrap.wire against gzip NDJSON of the eight fields alone', line.received() / 1e6, 'MB', {
    floor: bare / 1e6,
  });
  line.close();
}

interface Loaded {
  readonly milliseconds: number;
  /** Peak of the process (bytes). */
  readonly memory: number;
}

async function loadDesk(world: World, viewer: Viewer, first: FirstDesk, url: string, rows: number): Promise<Loaded> {
  await viewer.child.call('forgetAttempts');
  const code = await inviteDesk(first);
  const child = await openDesk(world);
  const held = child.call('holdsUnits', first.propertyId, rows);
  const began = clock();
  await child.call('call', 'sync.connect', { url, code, deviceName: 'fresh' });
  const milliseconds = (await held) - began;
  const memory = child.peakMemory();
  await child.call('stop');
  await child.stop();
  return { milliseconds, memory };
}

async function loadFloor(world: World, url: string): Promise<Loaded> {
  const child = world.start<CopyDeskApi>(new URL('./floor/copy-desk.process.ts', import.meta.url));
  const { milliseconds } = await child.call('load', url, await world.folder('floor'));
  const memory = child.peakMemory();
  await child.stop();
  return { milliseconds, memory };
}

/** Answers how long a fresh desk of the peer takes (milliseconds). */
async function openPeer(world: World, rows: number): Promise<() => Promise<number>> {
  const server = world.start<PeerServerApi>(peerProcess('server'));
  const url = await server.call('open', await world.folder('peer'));
  const desk = async (): Promise<Child<PeerDeskApi>> => {
    const child = world.start<PeerDeskApi>(peerProcess('desk'));
    await child.call('open', `${await world.folder('peer')}/db`, url, 'bootstrap');
    return child;
  };
  const first = await desk();
  await first.call('addUnits', rows);
  await first.call('push');
  await first.stop();
  return async () => {
    const fresh = await desk();
    const milliseconds = await fresh.call('pull');
    if ((await fresh.call('count')) < rows) throw new Error('The peer did not get all documents');
    await fresh.stop();
    return milliseconds;
  };
}
