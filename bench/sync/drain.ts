import { join } from 'node:path';
import { chromium as engine } from '@playwright/test';
import { buildStale } from '../../build/bundles/stale.ts';
import { root } from '../../build/lib/run.ts';
import { chromium } from '../../build/test/chromium.ts';
import type { Child } from '../lib/child.ts';
import type { Print } from '../lib/lines.ts';
import { type PeerDeskApi, type PeerServerApi, peerProcess } from '../lib/peers.ts';
import { clock } from '../lib/time.ts';
import type { World } from '../lib/world.ts';
import { openFirstDesk, openViewer } from './company.ts';
import type { DeskApi } from './desk.process.ts';
import type { FloorDeskApi } from './floor/desk.process.ts';
import type { FloorServerApi } from './floor/server.process.ts';

export interface DrainSize {
  readonly edits: number;
  /** Rows that the edits go to, in turn. */
  readonly rows: number;
}

/**
 * Edits made offline, each a deed of its own, drain into the viewer while a window is open. The floor sends messages of
 * the same form, as many per request as our queue does, one statement and one fsync at the server and one at the desk
 * per request. The peer replicates as many documents that each changed once, since it sends the newest state only.
 */
export async function benchDrain(
  world: World,
  size: DrainSize,
  options: { readonly peers: boolean; readonly window: boolean; readonly say: (text: string) => void },
  print: Print,
): Promise<void> {
  const floor = await drainFloor(world, size.edits);
  const peer = options.peers ? await drainPeer(world, size.edits) : null;
  const viewer = await openViewer(world);
  const first = await openFirstDesk(world, viewer);
  const ids = await viewer.child.call('addUnits', first.organisationId, first.propertyId, 0, size.rows);
  await first.child.call('holdsUnits', first.propertyId, size.rows);
  await first.child.call('call', 'sync.setOffline', { offline: true });
  await first.child.call('fill', ids, size.edits);
  const waiting = await first.child.call('pending');
  if (waiting < size.edits) throw new Error(`Only ${waiting} edits wait`);
  const window = options.window ? await openWindow(first.child, options.say) : null;
  const drained = first.child.call('drained');
  await first.child.call('watchLoop');
  const began = clock();
  await first.child.call('call', 'sync.setOffline', { offline: false });
  const longestAnswer = await first.child.call('longestAnswer');
  const seconds = ((await drained) - began) / 1000;
  const loop = await first.child.call('loop');
  print('drain.seconds', seconds, 's', { floor: floor / 1000, peer: peer === null ? null : peer / 1000 });
  print('drain.rate', size.edits / seconds, 'edits/s');
  print('drain.service.longest block', loop.longest, 'ms');
  print('drain.service.p99 block', loop.p99, 'ms');
  print('drain.service.longest answer', longestAnswer, 'ms');
  print('drain.memory', first.child.peakMemory() / 1e6, 'MB');
  if (window !== null) print('drain.window.longest task', await window.longestTask(), 'ms');
  await window?.close();
  const held = await viewer.child.call('log', first.organisationId);
  print('drain.lost', size.edits + size.rows - held.distinct, 'edits');
}

/** The desk's window in Chromium, on its list of units; counts the tasks that kept it from answering. */
async function openWindow(desk: Child<DeskApi>, say: (text: string) => void) {
  await buildStale((line) => say(`${line}\n`));
  const browser = await engine.launch({ executablePath: await chromium((line) => say(`${line}\n`)) });
  const page = await browser.newPage();
  await page.goto(await desk.call('show', join(root, 'out/renderer')));
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  return {
    /** Milliseconds; 0 where none took 50 ms. */
    longestTask: () => page.evaluate(() => Math.max(0, ...(globalThis as unknown as { tasks: number[] }).tasks)),
    close: () => browser.close(),
  };
}

async function drainFloor(world: World, edits: number): Promise<number> {
  const server = world.start<FloorServerApi>(new URL('./floor/server.process.ts', import.meta.url));
  const url = await server.call('open', await world.database());
  const desk = world.start<FloorDeskApi>(new URL('./floor/desk.process.ts', import.meta.url));
  await desk.call('open', await world.folder('floor'), url, 'no');
  const milliseconds = await desk.call('drain', edits);
  await desk.stop();
  await server.stop();
  return milliseconds;
}

async function drainPeer(world: World, edits: number): Promise<number> {
  const server = world.start<PeerServerApi>(peerProcess('server'));
  const url = await server.call('open', await world.folder('peer'));
  const desk = world.start<PeerDeskApi>(peerProcess('desk'));
  await desk.call('open', `${await world.folder('peer')}/db`, url, 'drain');
  const ids = await desk.call('addUnits', edits);
  await desk.call('push');
  await desk.call('editAll', ids, 1_000_000);
  const milliseconds = await desk.call('push');
  await desk.stop();
  await server.stop();
  return milliseconds;
}
