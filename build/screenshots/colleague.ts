import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { Client } from '../../shared/contract/client.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { richDocumentFromText } from '../../shared/ui/rich-document.ts';
import { type Folders, startBrowserDesk } from '../start/parts.ts';
import { shoot } from './camera.ts';
import { clientOf, openWindow, visit } from './desk.ts';

type Desk = Client<DeskOperationName>;

/** Numbers of the people both desks know something else of. */
const [called, deleted] = ['1025', '1031'];

const early =
  'Die Firma Elbgrün räumt Gehwege und Zufahrten werktags ab 6 Uhr und an Sonn- und Feiertagen ab 8 Uhr. Bitte stellen Sie Fahrräder nicht vor die Haustür. Streugut steht im Keller neben der Waschküche.';
const late =
  'Die Firma Elbgrün räumt Gehwege, Zufahrten und die Treppe zum Hof werktags ab 7 Uhr und an Sonn- und Feiertagen ab 9 Uhr. Bitte stellen Sie Fahrräder nicht vor die Haustür. Streugut steht in der gelben Kiste am Eingang.';

/**
 * A colleague's desk that joins the company, works offline, and changes what the first desk changes meanwhile. Afterwards
 * the journal of the first desk holds what came of it. Takes the picture of what the colleague was refused.
 */
export async function disagree(browser: Browser, call: Desk, folders: Folders, portal: string): Promise<void> {
  const { staff } = await call('settings.lists', {});
  const colleague = staff.find(({ role }) => role === 'clerk');
  if (colleague === undefined) throw new Error('The demo has no clerk.');
  await call('settings.saveStaff', { id: colleague.id, fields: { role: 'manager' } });
  const { code } = await call('sync.invitePairing', { staffId: colleague.id, staff: null });
  const process = await startBrowserDesk({ ...folders, desk: join(folders.desk, '../colleague') });
  try {
    const page = await openWindow(browser, process.url);
    const other = clientOf(page);
    await other('sync.connect', { url: portal, code, deviceName: 'Notebook Jonas' });
    await other('sync.setOffline', { offline: true });
    await change(call, 'first');
    await call('settings.saveStaff', { id: colleague.id, fields: { role: 'clerk' } });
    await call('sync.now', {});
    await change(other, 'second');
    await other('settings.saveOrganisation', {
      fields: { phone: '0351 555 0200', website: 'www.sonnenschein.example' },
    });
    await other('sync.setOffline', { offline: false });
    await other('sync.now', {});
    await call('sync.now', {});
    await page.reload();
    await visit(page, '/sync');
    await page.getByRole('button', { name: 'Erneut versuchen' }).waitFor();
    await shoot(page, 'desk-sync-refused');
    await page.context().close();
  } finally {
    await process.stop();
  }
}

/** What both change without knowing of each other. */
async function change(call: Desk, turn: 'first' | 'second'): Promise<void> {
  const first = turn === 'first';
  const { rows: people } = await call('people.list', { query: called });
  await call('people.save', { id: idOf(people), fields: { mobile: first ? '0171 7453767' : '0160 5550188' } });
  const { rows: gone } = await call('people.list', { query: deleted });
  if (first) await call('people.remove', { ids: [idOf(gone)] });
  else await call('people.save', { id: idOf(gone), fields: { phone: '0351 555 0163' } });
  const { rows: houses } = await call('properties.list', { query: '107' });
  const iban = first ? 'DE02 1203 0000 0000 2020 51' : 'DE02 5001 0517 0137 0750 30';
  await call('properties.save', { id: idOf(houses), fields: { iban } });
  const { rows: notices } = await call('notices.list', { query: 'Winterdienst' });
  await call('notices.save', { id: idOf(notices), fields: { body: richDocumentFromText(first ? early : late) } });
}

function idOf(rows: readonly { readonly id: string }[]): string {
  const [row] = rows;
  if (row === undefined) throw new Error('The demo does not hold what the desks are to disagree on.');
  return row.id;
}
