import type { Print } from '../lib/lines.ts';
import type { World } from '../lib/world.ts';
import { openViewer } from './company.ts';
import type { FleetApi } from './fleet.process.ts';

export interface CompaniesSize {
  /** Edits of each scene, over all of its desks. */
  readonly edits: number;
  readonly scenes: readonly { readonly companies: number; readonly desks: number }[];
}

/**
 * Many desks push at once, every seventh push twice, as after a lost answer. Nothing may be lost or doubled, and
 * companies do not wait for each other: the row lock is per company.
 */
export async function benchCompanies(world: World, size: CompaniesSize, print: Print): Promise<void> {
  let one: number | null = null;
  for (const { companies, desks } of size.scenes) {
    const { rate, faults, sentAway } = await run(world, companies, desks, size.edits);
    const name = `companies.${companies} × ${desks} desks`;
    one ??= rate;
    print(`${name}.rate`, rate, 'edits/s');
    print(`${name}.growth over the first`, rate / one, '×');
    print(`${name}.lost or doubled`, faults, 'edits');
    print(`${name}.asked to come again`, sentAway, 'pushes');
  }
}

async function run(world: World, companies: number, desks: number, edits: number) {
  const viewer = await openViewer(world);
  const fleet = world.start<FleetApi>(new URL('./fleet.process.ts', import.meta.url));
  const folder = await world.folder('fleet');
  const organisations: string[] = [];
  for (let index = 0; index < companies; index += 1) {
    await viewer.child.call('forgetAttempts');
    const company = await fleet.call('found', viewer.url, await viewer.child.call('pairingCode'), folder);
    organisations.push(company.organisationId);
    for (let next = 1; next < desks; next += 1) {
      await viewer.child.call('forgetAttempts');
      await fleet.call('join', viewer.url, await fleet.call('invite'), folder, company);
    }
  }
  const each = Math.ceil(edits / (companies * desks));
  await fleet.call('write', each);
  const milliseconds = await fleet.call('go');
  let faults = 0;
  for (const organisation of organisations) {
    const { changes, distinct, holes } = await viewer.child.call('log', organisation);
    faults += Math.abs(each * desks - distinct) + (changes - distinct) + holes;
  }
  const sentAway = await fleet.call('sentAway');
  await fleet.stop();
  await viewer.child.call('stop');
  await viewer.child.stop();
  return { rate: (each * companies * desks * 1000) / milliseconds, faults, sentAway };
}
