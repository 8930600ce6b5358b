import { expect, type Locator, type Page } from '@playwright/test';
import { goTo } from './steps.ts';

interface NewDocument {
  readonly property: string;
  readonly title: string;
  readonly file: { readonly name: string; readonly buffer: Buffer };
  readonly groups: readonly string[];
}

/** Files a PDF and queues it for publication. */
export async function publishDocument(page: Page, { property, title, file, groups }: NewDocument): Promise<void> {
  await goTo(page, 'Dokumente');
  await page.getByRole('button', { name: 'Dokument hinzufügen' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({ ...file, mimeType: 'application/pdf' });
  await choose(page, dialog, 'Objekt', property);
  await dialog.getByRole('textbox', { name: 'Titel' }).fill(title);
  for (const group of groups) await dialog.getByRole('checkbox', { name: group }).check();
  await dialog.getByRole('button', { name: 'Speichern und veröffentlichen' }).click();
  await expect(dialog).toBeHidden();
}

interface NewNotice {
  readonly property: string;
  readonly title: string;
  readonly body: string;
  readonly groups: readonly string[];
}

/** Writes a notice and queues it for publication. */
export async function publishNotice(page: Page, { property, title, body, groups }: NewNotice): Promise<void> {
  await goTo(page, 'Aushänge');
  await page.getByRole('button', { name: 'Aushang schreiben' }).first().click();
  const editor = page.getByRole('region', { name: 'Aushang', exact: true });
  await choose(page, editor, 'Objekt', property);
  await editor.getByRole('textbox', { name: 'Titel' }).fill(title);
  await editor.getByRole('textbox', { name: 'Text des Aushangs' }).fill(body);
  for (const group of groups) await editor.getByRole('checkbox', { name: group }).check();
  await editor.getByRole('button', { name: 'Aushang veröffentlichen' }).click();
  await expect(editor.getByText('Hängt ab dem nächsten Abgleich am Brett.')).toBeVisible();
}

/** Picks an entry of a searchable list. */
async function choose(page: Page, scope: Locator, label: string, entry: string): Promise<void> {
  const field = scope
    .getByRole('combobox', { name: label, exact: true })
    .or(scope.getByRole('textbox', { name: label, exact: true }))
    .first();
  await field.click();
  await field.fill(entry);
  await page
    .getByRole('option', { name: new RegExp(entry) })
    .first()
    .click();
}

/** Opens an activity by its subject under a filter. */
export async function openActivity(
  page: Page,
  filter: 'Neu' | 'Offen' | 'Erledigt' | 'Alle',
  subject: string,
): Promise<void> {
  await goTo(page, 'Nachrichten');
  await page
    .getByRole('navigation', { name: 'Filter' })
    .getByRole('button', { name: new RegExp(`^${filter}`) })
    .click();
  await page
    .getByRole('grid', { name: 'Liste der Nachrichten' })
    .getByRole('row', { name: new RegExp(subject) })
    .click();
  await expect(page.getByRole('textbox', { name: 'Betreff' })).toHaveValue(subject);
}

/** Writes an entry of a kind into the open activity; `released` ticks the release. */
export async function writeEntry(
  page: Page,
  kind: 'Nachricht' | 'Notiz',
  body: string,
  released: boolean,
): Promise<void> {
  const composer = page.getByRole('region', { name: 'Eintrag schreiben' });
  await composer.getByRole('radiogroup', { name: 'Art des Eintrags' }).getByText(kind, { exact: true }).click();
  const tick = composer.getByRole('checkbox', { name: 'Im Portal freigeben' });
  if (kind !== 'Notiz') await tick.setChecked(released);
  await composer.getByRole('textbox', { name: 'Text' }).fill(body);
  await composer.getByRole('button', { name: /senden|speichern/i }).click();
  await expect(conversation(page).getByText(body)).toBeVisible();
}

/** Ticks or unticks the release of an entry that is there. */
export async function setRelease(page: Page, body: string, released: boolean): Promise<void> {
  const entry = page.getByRole('article').filter({ hasText: body });
  await entry.getByRole('checkbox', { name: /Im Portal freigeben/ }).setChecked(released);
}

/** The entries of the open activity. */
export function conversation(page: Page): Locator {
  return page.getByRole('list', { name: 'Verlauf' });
}
