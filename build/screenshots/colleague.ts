import { join } from 'node:path';
import type { Client } from '../../shared/contract/client.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { openDesk } from '../demo/desk.ts';
import { type Folders, startBrowserDesk } from '../start/parts.ts';

/** Number of the person both desks know another number of. */
const person = '1025';

/**
 * A colleague's desk that joins the company, goes offline, and changes what the first desk has changed meanwhile.
 * Afterwards the journal of the first desk holds one conflict.
 */
export async function disagree(call: Client<DeskOperationName>, folders: Folders, portal: string): Promise<void> {
  const { staff } = await call('settings.lists', {});
  const colleague = staff.find(({ role }) => role === 'clerk');
  const { code } = await call('sync.invitePairing', { staffId: colleague?.id ?? null, staff: null });
  const process = await startBrowserDesk({ ...folders, desk: join(folders.desk, '../colleague') });
  try {
    const other = await openDesk(process.url);
    await other.call('sync.connect', { url: portal, code, deviceName: 'Notebook Jonas' });
    await other.call('sync.setOffline', { offline: true });
    const { rows } = await other.call('people.list', { query: person });
    const id = rows[0]?.id ?? '';
    await call('people.save', { id, fields: { mobile: '0171 7453767' } });
    await call('sync.now', {});
    await other.call('people.save', { id, fields: { mobile: '0160 5550188' } });
    await other.call('sync.setOffline', { offline: false });
    await other.call('sync.now', {});
    await call('sync.now', {});
  } finally {
    await process.stop();
  }
}
