import type { Child } from '../lib/child.ts';
import { median, type Print, percentile } from '../lib/lines.ts';
import { type PeerDeskApi, type PeerServerApi, peerProcess } from '../lib/peers.ts';
import type { World } from '../lib/world.ts';
import { openFirstDesk, openNextDesk, openViewer } from './company.ts';
import type { FloorDeskApi } from './floor/desk.process.ts';
import type { FloorServerApi } from './floor/server.process.ts';

export interface EditsSize {
  /** Edits that are timed as a whole. */
  readonly edits: number;
  /** Edits that are timed one by one, in each repetition. */
  readonly singles: number;
  readonly repetitions: number;
}

/** One way from desk to desk: writes edits on the first, and says when they began and when the second had them. */
type Way = (count: number, seed: number) => Promise<number>;

/**
 * Single-row edits, desk → viewer → second desk, durable on each side.
 *
 * The floor moves messages of the same form and length: the first desk keeps each in an encrypted SQLite (one fsync
 * each), a second loop of it sends what is kept over one open loopback connection, the server commits each request
 * with one statement to PostgreSQL (one fsync), and the second desk keeps what comes over an open stream (one fsync
 * each). Nothing is checked, merged, numbered or journaled. One message per request is the floor that counts, since
 * every edit is acknowledged by itself there; the stricter one, which batches as our queue does, is printed beside it.
 */
export async function benchEdits(world: World, size: EditsSize, peers: boolean, print: Print): Promise<void> {
  const ours = await openOurs(world, size.edits);
  const floor = await openFloor(world, false);
  const batching = await openFloor(world, true);
  const peer = peers ? await openPeer(world, size.edits) : null;
  const ways = { ours, floor, batching, ...(peer === null ? {} : { peer }) } as const;

  const whole = await interleaved(ways, size.repetitions, async (way, seed) => [await way(size.edits, seed)]);
  const seconds = (name: string) => (whole[name] === undefined ? null : median(whole[name]) / 1000);
  print('edits.seconds', seconds('ours') ?? 0, 's', { floor: seconds('floor'), peer: seconds('peer') });
  print('edits.seconds against a floor that batches', seconds('ours') ?? 0, 's', { floor: seconds('batching') });

  const singles = await interleaved(ways, size.repetitions, async (way, seed) => {
    const samples: number[] = [];
    for (let index = 0; index < size.singles; index += 1) samples.push(await way(1, seed + index));
    return samples;
  });
  for (const [name, share] of [
    ['p50', 0.5],
    ['p95', 0.95],
  ] as const) {
    const of = (way: string) => (singles[way] === undefined ? null : percentile(singles[way], share));
    print(`edits.visible.${name}`, of('ours') ?? 0, 'ms', { floor: of('floor'), peer: of('peer') });
  }
}

/** Runs every way in turn, so that what else the machine does meets all of them. */
async function interleaved(
  ways: Readonly<Record<string, Way>>,
  repetitions: number,
  measure: (way: Way, seed: number) => Promise<readonly number[]>,
): Promise<Readonly<Record<string, number[]>>> {
  const found: Record<string, number[]> = {};
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const samples = await measure(way, nextSeed());
      found[name] = [...(found[name] ?? []), ...samples];
    }
  }
  return found;
}

let seeds = 0;
/** Every edit writes a text that was not there before, or it would be none. */
function nextSeed(): number {
  seeds += 1_000_000;
  return seeds;
}

async function openOurs(world: World, rows: number): Promise<Way> {
  const viewer = await openViewer(world);
  const first = await openFirstDesk(world, viewer);
  const ids = await first.child.call('addUnits', first.propertyId, rows);
  await first.child.call('call', 'sync.now', {});
  const second = await openNextDesk(world, viewer, first);
  await second.call('holdsUnits', first.propertyId, rows);
  return async (count, seed) => {
    const some = ids.slice(0, count);
    const [arrived, began] = await Promise.all([
      second.call('arrived', some, seed),
      first.child.call('edit', some, seed),
    ]);
    return arrived - began;
  };
}

async function openFloor(world: World, together: boolean): Promise<Way> {
  const server = world.start<FloorServerApi>(new URL('./floor/server.process.ts', import.meta.url));
  const url = await server.call('open', await world.database());
  const file = new URL('./floor/desk.process.ts', import.meta.url);
  const first = world.start<FloorDeskApi>(file);
  await first.call('open', await world.folder('floor'), url, 'no');
  const second = world.start<FloorDeskApi>(file);
  await second.call('open', await world.folder('floor'), url, together ? 'together' : 'one-by-one');
  let sent = 0;
  return async (count, seed) => {
    sent += count;
    const [arrived, began] = await Promise.all([second.call('holds', sent), first.call('send', count, together, seed)]);
    return arrived - began;
  };
}

async function openPeer(world: World, rows: number): Promise<Way> {
  const server = world.start<PeerServerApi>(peerProcess('server'));
  const url = await server.call('open', await world.folder('peer'));
  const desk = async (): Promise<Child<PeerDeskApi>> => {
    const child = world.start<PeerDeskApi>(peerProcess('desk'));
    await child.call('open', `${await world.folder('peer')}/db`, url, 'edits');
    return child;
  };
  const first = await desk();
  const ids = await first.call('addUnits', rows);
  await first.call('push');
  const second = await desk();
  await second.call('pull');
  await first.call('live');
  await second.call('live');
  return async (count, seed) => {
    const some = ids.slice(0, count);
    const [arrived, began] = await Promise.all([second.call('arrived', some, seed), first.call('edit', some, seed)]);
    return arrived - began;
  };
}
