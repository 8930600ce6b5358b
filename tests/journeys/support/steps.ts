import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { root } from '../../../build/lib/run.ts';
import { fileChunkBytes, type StagedFile } from '../../../shared/features/files/contract.ts';
import type { JourneyDesk, World } from './world.ts';

export const portfolio = join(root, 'tests/fixtures/portfolio');
const files = ['objekte.csv', 'einheiten.csv', 'personen.csv', 'zuordnungen.csv'];

/** Founds the company in the first-run wizard, without any viewer. */
export async function foundCompany(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Neue Verwaltung anlegen/ }).click();
  await page.getByRole('textbox', { name: 'Name der Verwaltung' }).fill('Hausverwaltung Muster GmbH');
  await page.getByRole('textbox', { name: 'Ihr Name' }).fill('Petra Muster');
  await page.getByRole('textbox', { name: 'Ihre E-Mail-Adresse' }).fill('petra@muster.example');
  await page.getByRole('button', { name: 'Verwaltung anlegen', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Hausverwaltung Muster GmbH ist angelegt' })).toBeVisible();
}

/** Leads the portfolio through the import wizard. */
export async function importPortfolio(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Daten importieren/ }).click();
  await page.locator('input[type=file]').setInputFiles(files.map((name) => join(portfolio, name)));
  await page.getByRole('button', { name: 'Dateien ansehen' }).click();
  await page.getByRole('button', { name: 'Weiter zur Prüfung' }).click();
  await expect(page.getByText('Keine Auffälligkeiten')).toBeVisible();
  await page.getByRole('button', { name: 'Jetzt importieren' }).click();
  await expect(page.getByRole('heading', { name: 'Der Import ist abgeschlossen' })).toBeVisible();
}

interface ControlFigures {
  readonly properties: Readonly<Record<string, { readonly units: number; readonly area_x100: number }>>;
}

/** Compares the desk's rows with the control figures, and its lists with the files. */
export async function expectPortfolio(desk: JourneyDesk): Promise<void> {
  const control = JSON.parse(await readFile(join(portfolio, 'control.json'), 'utf8')) as ControlFigures;
  const { rows } = await desk.call('properties.list', {});
  expect(rows.map((row) => row.number).sort()).toEqual(Object.keys(control.properties).sort());
  for (const row of rows) {
    const units = await desk.call('properties.listUnits', { propertyId: row.id, limit: 500 });
    const figures = control.properties[row.number];
    expect([units.total, units.rows.reduce((sum, unit) => sum + (unit.areaHundredths ?? 0), 0)], row.number).toEqual([
      figures?.units,
      figures?.area_x100,
    ]);
  }
  expect((await desk.call('people.list', { limit: 1 })).total).toBe(340);
  expect((await desk.call('people.listMemberships', { limit: 1 })).total).toBe(346);
}

/** Opens a section by the rail. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
}

/** Pairs the desk in the settings. */
export async function connect(page: Page, world: World): Promise<void> {
  await goTo(page, 'Einstellungen');
  await page
    .getByRole('link', { name: 'Verbindung' })
    .or(page.getByRole('tab', { name: 'Verbindung' }))
    .click();
  await page.getByRole('textbox', { name: 'Adresse des Portals' }).fill(world.viewer.url());
  await page.getByRole('textbox', { name: 'Code' }).fill(world.viewer.pairingCode());
  await page.getByRole('textbox', { name: 'Name dieses Geräts' }).fill('Empfang');
  await page.getByRole('button', { name: 'Verbinden' }).click();
}

/** Waits until everything of this desk is at the viewer and nothing is missing here. */
export async function synced(desk: JourneyDesk): Promise<void> {
  await expect(async () => {
    const state = await desk.call('sync.now', {});
    expect(state).toMatchObject({ connection: 'online', pendingChanges: 0, pendingUploads: 0, lastError: null });
  }).toPass({ timeout: 60_000 });
}

/** The property of a number. */
export async function idOfProperty(desk: JourneyDesk, number: string): Promise<string> {
  const { rows } = await desk.call('properties.list', { query: number });
  return rows.find((row) => row.number === number)?.id ?? '';
}

/** A person by number, with the address the files give. */
export async function person(
  desk: JourneyDesk,
  number: string,
): Promise<{ readonly id: string; readonly name: string; readonly email: string }> {
  const { rows } = await desk.call('people.list', { query: number });
  const row = rows.find((candidate) => candidate.number === number);
  if (row?.email == null) throw new Error(`Person ${number} has no address`);
  return { id: row.id, name: row.name, email: row.email };
}

/** Invites a person without an account from the portal page. */
export async function invite(page: Page, address: string): Promise<void> {
  await goTo(page, 'Portal');
  await page
    .getByRole('combobox', { name: 'Status' })
    .or(page.getByRole('textbox', { name: 'Status' }))
    .click();
  await page.getByRole('option', { name: 'Ohne Zugang' }).click();
  await page
    .getByRole('textbox', { name: /Suchen|Zugänge/ })
    .first()
    .fill(address);
  await page
    .getByRole('row', { name: new RegExp(address) })
    .getByRole('checkbox')
    .check();
  await page.getByRole('button', { name: 'Einladen' }).click();
  await expect(page.getByText(/ist eingeladen/).last()).toBeVisible();
}

/** The link of an invitation mail. */
export function linkIn(mail: { readonly text?: string | undefined }): string {
  const link = /https?:\/\/\S+\/einladung\/\S+/.exec(mail.text ?? '')?.[0];
  if (link === undefined) throw new Error(`No invitation in: ${mail.text}`);
  return link;
}

export const password = 'Moosgrün-Klingelbrett-27';

/** Registers from an invitation link and lands in the portal. */
export async function register(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Passwort' }).or(page.getByLabel('Passwort')).first().fill(password);
  await page.getByRole('button', { name: 'Zugang anlegen' }).click();
  await expect(page.getByRole('heading', { name: /Guten Tag/ })).toBeVisible();
}

/** Stages a PDF of 40 MB, enough for an upload to be cut in the middle. */
export async function stageLarge(desk: JourneyDesk): Promise<StagedFile> {
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(40 * 1024 * 1024), Buffer.from('\n%%EOF\n')]);
  const { uploadId } = await desk.call('files.stageBegin', { fileName: 'Pläne.pdf', size: content.length });
  for (let offset = 0; offset < content.length; offset += fileChunkBytes) {
    const data = content.subarray(offset, offset + fileChunkBytes).toString('base64');
    await desk.call('files.stageChunk', { uploadId, offset, data });
  }
  return desk.call('files.stageEnd', { uploadId });
}

/** The next mail to the address that speaks of it; others are put aside. Null when none comes in time (milliseconds). */
export async function mailAbout(
  world: World,
  address: string,
  about: string,
  patience: number,
): Promise<string | null> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const mail = await world.mailbox.next(address, Math.max(1, end - Date.now())).catch(() => null);
    if (mail?.text?.includes(about)) return mail.text;
  }
  return null;
}
