import { networkInterfaces } from 'node:os';
import { net, powerMonitor } from 'electron';

/** How often the network is looked at (milliseconds): Electron tells main of no change. */
const lookEvery = 10_000;

/** Calls back when the machine wakes up, is unlocked, or its network is another one: a moment at which to sync. */
export function watchChanges(changed: () => void): void {
  powerMonitor.on('resume', changed);
  powerMonitor.on('unlock-screen', changed);
  let last = networkFacts();
  setInterval(() => {
    const facts = networkFacts();
    if (facts === last) return;
    last = facts;
    changed();
  }, lookEvery).unref();
}

function networkFacts(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list?.map((entry) => entry.address) ?? []);
  return `${net.isOnline()} ${addresses.sort().join(' ')}`;
}
