import type { Page } from '@playwright/test';
import { desktop, shoot } from './camera.ts';
import { clientOf, visit } from './desk.ts';

/** A window as small as the desk gets. */
const narrow = { width: 900, height: 800 };

/** Abgleich while the portal is there: confirmed, the journal, the history. */
export async function shootSync(page: Page): Promise<void> {
  await visit(page, '/sync');
  await shoot(page, 'desk-sync', { dark: true });
  await visit(page, '/sync/conflicts');
  await shoot(page, 'desk-sync-conflicts', { dark: true });
  await page.getByText('Winterdienst').first().click();
  await page.getByRole('region', { name: 'Unterlegene Fassung' }).waitFor();
  await shoot(page, 'desk-sync-conflict', { dark: true });
  await page.setViewportSize(narrow);
  await shoot(page, 'desk-sync-conflict-narrow');
  await visit(page, '/sync');
  await shoot(page, 'desk-sync-narrow');
  await page.setViewportSize(desktop);
  await settleOne(page);
  await visit(page, '/sync/conflicts');
  await page.getByText('Erledigt', { exact: true }).first().click();
  await shoot(page, 'desk-sync-conflicts-settled');
  await visit(page, '/sync/history');
  await shoot(page, 'desk-sync-history', { dark: true });
}

/** One entry is settled with the value that lost, so that the journal shows both kinds. */
async function settleOne(page: Page): Promise<void> {
  const call = clientOf(page);
  const { rows } = await call('sync.conflicts', { query: '1025' });
  const { rows: all } = await call('sync.conflicts', {});
  const id = (rows[0] ?? all[0])?.id;
  if (id !== undefined) await call('sync.resolveConflicts', { ids: [id], restore: false });
}

/** Abgleich without the portal: what waits, in words. */
export async function shootQueue(page: Page): Promise<void> {
  await visit(page, '/sync');
  await page.getByRole('button', { name: 'Jetzt abgleichen' }).click();
  await page.getByText('nicht erreichbar').first().waitFor();
  await shoot(page, 'desk-sync-offline', { dark: true });
}
