import { expect, type Page } from '@playwright/test';

/** Opens a section of the portal by its navigation. */
export async function openSection(
  page: Page,
  name: 'Brett' | 'Dokumente' | 'Nachrichten' | 'Nachbarn' | 'Mein Konto',
): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();
}

interface Message {
  readonly topic: string;
  readonly subject: string;
  readonly body: string;
  /** Attached and uploaded before it is sent. */
  readonly photo?: { readonly name: string; readonly buffer: Buffer };
}

/** A resident writes; ends when the portal shows the conversation. */
export async function writeMessage(page: Page, { topic, subject, body, photo }: Message): Promise<void> {
  await openSection(page, 'Nachrichten');
  await page.getByRole('link', { name: 'Nachricht schreiben' }).first().click();
  await page.getByRole('radio', { name: topic }).check({ force: true });
  await page.getByRole('textbox', { name: 'Betreff' }).fill(subject);
  await page.getByRole('textbox', { name: 'Ihre Nachricht' }).fill(body);
  if (photo !== undefined) {
    await page
      .locator('input[type=file]')
      .last()
      .setInputFiles({ ...photo, mimeType: 'image/jpeg' });
    await expect(
      page.getByRole('button', { name: new RegExp(`ntfernen.*${photo.name}|${photo.name}.*ntfernen`) }),
    ).toBeVisible();
  }
  await page.getByRole('button', { name: 'Nachricht senden' }).click();
  await expect(page.getByRole('heading', { name: subject })).toBeVisible();
}

/** Answers in the open conversation. */
export async function reply(page: Page, body: string): Promise<void> {
  await page.getByRole('textbox', { name: /Ihre Antwort|Noch einmal schreiben/ }).fill(body);
  await page.getByRole('button', { name: 'Antwort senden' }).click();
  await expect(page.getByText(body)).toBeVisible();
}
