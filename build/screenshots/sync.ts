import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { fileChunkBytes } from '../../shared/features/files/contract.ts';
import { desktop, shoot } from './camera.ts';
import { clientOf, visit } from './desk.ts';

/** A window as small as the desk gets. */
const narrow = { width: 900, height: 800 };

/** Abgleich while the portal is there: confirmed, the journal, files on their way. */
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
  await shootFiles(page);
}

/** Files on their way over a line that somebody has limited. */
async function shootFiles(page: Page): Promise<void> {
  const call = clientOf(page);
  const { rows } = await call('properties.list', { query: '107' });
  await call('files.saveSpace', { uploadLimit: 400 });
  for (const [title, fileName] of drawings) {
    const fields = { propertyId: rows[0]?.id ?? '', title, categoryId: null, audienceGroups: [] };
    const period = { audiencePersonIds: [], periodFrom: null, periodTo: null };
    await call('documents.create', { fields: { ...fields, ...period }, file: await stage(page, fileName) });
  }
  await visit(page, '/sync');
  await page.getByText('/s ·').first().waitFor();
  await shoot(page, 'desk-sync-files', { dark: true, rest: 2500 });
  await call('files.saveSpace', { uploadLimit: 0 });
}

const drawings = [
  ['Bestandsplan Erdgeschoss', 'Bestandsplan EG.pdf'],
  ['Bestandsplan Dach', 'Bestandsplan Dach.pdf'],
  ['Gutachten Fassade', 'Gutachten Fassade.pdf'],
] as const;

/** Hands the desk a PDF of five megabytes. */
async function stage(page: Page, fileName: string) {
  const call = clientOf(page);
  const content = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(5 * 1024 * 1024), Buffer.from('\n%%EOF')]);
  const { uploadId } = await call('files.stageBegin', { fileName, size: content.length });
  for (let offset = 0; offset < content.length; offset += fileChunkBytes) {
    const data = content.subarray(offset, offset + fileChunkBytes).toString('base64');
    await call('files.stageChunk', { uploadId, offset, data });
  }
  return call('files.stageEnd', { uploadId });
}

/** One entry is settled with the value that lost, so that the journal shows both kinds. */
async function settleOne(page: Page): Promise<void> {
  const call = clientOf(page);
  const { rows } = await call('sync.conflicts', { query: '1025' });
  const { rows: all } = await call('sync.conflicts', {});
  const id = (rows[0] ?? all[0])?.id;
  if (id !== undefined) await call('sync.resolveConflicts', { ids: [id], restore: false });
}

/** Abgleich without the portal: what waits, in words, and how it went so far. */
export async function shootQueue(page: Page): Promise<void> {
  await visit(page, '/sync');
  await page.getByRole('button', { name: 'Jetzt abgleichen' }).click();
  await page.getByText('nicht erreichbar').first().waitFor();
  await shoot(page, 'desk-sync-offline', { dark: true });
  await visit(page, '/sync/history');
  await shoot(page, 'desk-sync-history', { dark: true });
}
