import { join } from 'node:path';
import { root } from '../../build/lib/run.ts';
import type { Child } from '../lib/child.ts';
import type { World } from '../lib/world.ts';
import { deskBundle } from './bundle.ts';
import type { DeskApi } from './desk.process.ts';
import type { ViewerApi } from './viewer.process.ts';

/** A viewer process on a database of its own. */
export interface Viewer {
  readonly child: Child<ViewerApi>;
  readonly url: string;
  readonly databaseUrl: string;
}

export async function openViewer(world: World): Promise<Viewer> {
  const databaseUrl = await world.database();
  const child = world.start<ViewerApi>(new URL('./viewer.process.ts', import.meta.url));
  const url = await child.call('open', databaseUrl, await world.folder('viewer'));
  return { child, url, databaseUrl };
}

const migrations = join(root, 'main/db/migrations');

/** A desk without a company. */
export async function openDesk(world: World): Promise<Child<DeskApi>> {
  const child = world.start<DeskApi>(await deskBundle());
  await child.call('open', await world.folder('desk'), migrations);
  return child;
}

/** A desk that founded its company and is paired. */
export interface FirstDesk {
  readonly child: Child<DeskApi>;
  readonly organisationId: string;
  readonly propertyId: string;
}

export async function openFirstDesk(world: World, viewer: Viewer): Promise<FirstDesk> {
  const child = await openDesk(world);
  const staff = { name: 'Petra Sommer', email: 'petra@example.org' };
  const { id: organisationId } = (await child.call('call', 'settings.createOrganisation', {
    name: 'Hausverwaltung Sommer',
    staff,
  })) as { id: string };
  const { id: propertyId } = (await child.call('call', 'properties.save', {
    fields: { number: '107', name: 'Lindenhof', kind: 'weg' },
  })) as { id: string };
  const code = await viewer.child.call('pairingCode');
  await child.call('call', 'sync.connect', { url: viewer.url, code, deviceName: 'first' });
  return { child, organisationId, propertyId };
}

/** A code for another desk of the company. */
export async function inviteDesk(first: FirstDesk): Promise<string> {
  const { code } = (await first.child.call('call', 'sync.invitePairing', { staffId: null, staff: null })) as {
    code: string;
  };
  return code;
}

/** Another, empty desk of the company; its first sync has begun when this resolves, not necessarily ended. */
export async function openNextDesk(world: World, viewer: Viewer, first: FirstDesk): Promise<Child<DeskApi>> {
  const child = await openDesk(world);
  const code = await inviteDesk(first);
  await child.call('call', 'sync.connect', { url: viewer.url, code, deviceName: 'next' });
  return child;
}
