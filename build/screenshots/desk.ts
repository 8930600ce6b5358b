import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { createClient } from '../../shared/contract/client.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { root } from '../lib/run.ts';
import { desktop, german, shoot } from './camera.ts';

const portfolio = join(root, 'tests/fixtures/portfolio');

/** Opens the window of a desk in the browser host. */
export async function openWindow(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ ...german, viewport: desktop });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** What the desk of a window answers. */
export function clientOf(page: Page) {
  return createClient<DeskOperationName>(async (operation, input) => {
    const { origin } = new URL(page.url());
    const response = await page.request.post(`${origin}/call`, { headers: { origin }, data: { operation, input } });
    return response.json();
  });
}

/** Goes to a page of the desk. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#${path}`);
}

/** What the pictures are about, by the ids the demo gave it. */
export async function subjects(page: Page) {
  const call = clientOf(page);
  const { rows: properties } = await call('properties.list', { query: '107' });
  const { rows: activities } = await call('activities.list', { filter: 'all', limit: 50 });
  const { rows: documents } = await call('documents.list', { limit: 50 });
  const { rows: notices } = await call('notices.list', { limit: 50 });
  return {
    property: idOf(properties, ({ number }) => number === '107'),
    damage: idOf(activities, ({ subject }) => subject.startsWith('Feuchter Fleck')),
    plan: idOf(documents, ({ title }) => title.startsWith('Wirtschaftsplan')),
    meters: idOf(notices, ({ title }) => title.startsWith('Ablesung')),
    draft: idOf(notices, ({ title }) => title === 'Winterdienst'),
  };
}

function idOf<T extends { readonly id: string }>(rows: readonly T[], is: (row: T) => boolean): string {
  const found = rows.find(is);
  if (!found) throw new Error('The demo does not hold what a picture is about.');
  return found.id;
}

/** The desk of the demo company while its portal is there. */
export async function shootDesk(page: Page): Promise<void> {
  const { property, damage, plan, meters } = await subjects(page);
  await visit(page, '/');
  await shoot(page, 'desk-start', { dark: true });
  await visit(page, `/activities/${damage}`);
  const history = page.getByRole('list', { name: 'Verlauf' });
  await history.getByText('Silikonfuge').waitFor();
  await history.hover();
  await page.mouse.wheel(0, -6);
  await shoot(page, 'desk-messages', { dark: true });
  await visit(page, '/properties');
  await shoot(page, 'desk-properties');
  await visit(page, `/properties/${property}`);
  await shoot(page, 'desk-property', { dark: true });
  await visit(page, `/properties/${property}/units`);
  await shoot(page, 'desk-property-units');
  await visit(page, `/properties/${property}/portal`);
  await shoot(page, 'desk-property-portal');
  await visit(page, '/people');
  await shoot(page, 'desk-people');
  const { rows } = await clientOf(page)('people.list', { query: '1025' });
  await visit(page, `/people/${rows[0]?.id ?? ''}`);
  await shoot(page, 'desk-person');
  await visit(page, `/documents/${plan}`);
  await shoot(page, 'desk-documents', { dark: true, rest: 3000 });
  await visit(page, `/notices/${meters}`);
  await shoot(page, 'desk-notice');
  await page.getByText('Vorschau: Mieter').click();
  await shoot(page, 'desk-notice-preview');
  await visit(page, '/accounts');
  await shoot(page, 'desk-portal-accounts');
  await visit(page, '/settings/devices');
  await shoot(page, 'desk-settings-devices');
  await visit(page, '/settings/company');
  await shoot(page, 'desk-settings-company');
}

/** The same desk without its portal: work goes on, and everything says what waits. */
export async function shootOffline(page: Page): Promise<void> {
  const { damage, draft } = await subjects(page);
  await visit(page, `/notices/${draft}`);
  await page.getByRole('button', { name: 'Aushang veröffentlichen' }).click();
  await visit(page, `/activities/${damage}`);
  const composer = page.getByRole('region', { name: 'Eintrag schreiben' });
  await composer.getByRole('checkbox', { name: 'Im Portal freigeben' }).setChecked(true);
  await composer
    .getByRole('textbox', { name: 'Text' })
    .fill('Guten Tag Herr Nguyễn,\n\ndie Trocknung übernimmt die Firma Sanitär Brandt ab Donnerstag.');
  await composer.getByRole('button', { name: /senden|speichern/i }).click();
  await visit(page, '/accounts/publication');
  await shoot(page, 'desk-publication');
}

/** A desk nobody has used yet: founding a company and importing its data. */
export async function shootFirstRun(page: Page): Promise<void> {
  await shoot(page, 'desk-first-run', { dark: true });
  await page.getByRole('button', { name: /Neue Verwaltung anlegen/ }).click();
  await page.getByRole('textbox', { name: 'Name der Verwaltung' }).fill('Hausverwaltung Lindenhof GmbH');
  await page.getByRole('textbox', { name: 'Ihr Name' }).fill('Karin Lindner');
  await page.getByRole('textbox', { name: 'Ihre E-Mail-Adresse' }).fill('karin@lindenhof.example');
  await page.getByRole('button', { name: 'Verwaltung anlegen', exact: true }).click();
  await page.getByRole('heading', { name: /ist angelegt/ }).waitFor();
  await shoot(page, 'desk-first-run-next');
  await page.getByRole('button', { name: /Daten importieren/ }).click();
  await page.locator('input[type=file]').setInputFiles(await importFiles());
  await page.getByRole('button', { name: 'Dateien ansehen' }).click();
  await page.getByRole('button', { name: 'Weiter zur Prüfung' }).waitFor();
  await shoot(page, 'desk-import-columns');
  await page.getByRole('button', { name: 'Weiter zur Prüfung' }).click();
  await page.getByRole('button', { name: 'Jetzt importieren' }).waitFor();
  await shoot(page, 'desk-import-check');
}

/** The portfolio as it comes, but for a few slips of the kind that real exports hold. */
async function importFiles() {
  const names = ['objekte.csv', 'einheiten.csv', 'personen.csv', 'zuordnungen.csv'];
  return Promise.all(
    names.map(async (name) => {
      const whole = await readFile(join(portfolio, name));
      const buffer = name === 'einheiten.csv' ? spoil(whole) : whole;
      return { name, mimeType: 'text/csv', buffer };
    }),
  );
}

/** An area that is no number, and a number used twice. The file is in the Windows encoding. */
function spoil(csv: Buffer): Buffer {
  const text = csv.toString('latin1').replace(';122,81;', ';ca. 122;').replace('\r\n100;03;', '\r\n100;02;');
  return Buffer.from(text, 'latin1');
}
