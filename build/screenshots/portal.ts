import type { Browser, Page } from '@playwright/test';
import { damagePhoto } from '../demo/damage.ts';
import type { DemoLogin } from '../demo/seed.ts';
import { desktop, german, phone, shoot } from './camera.ts';

/** What the portal's pictures are taken of. */
export interface PortalSubject {
  /** Address without a slash at the end. */
  readonly portal: string;
  /** Somebody of the house, and what they have written about. */
  readonly login: DemoLogin;
  readonly matter: string;
  /** Of an invitation nobody has accepted. */
  readonly invitation: string;
}

/** Every main page of the portal in the wide window. */
export async function shootPortal(browser: Browser, subject: PortalSubject): Promise<void> {
  const context = await browser.newContext({ ...german, viewport: desktop });
  await shootAll(await context.newPage(), 'portal-desktop', subject);
  await context.close();
}

/** The same on a phone, where some pages are behind "Mehr". */
export async function shootPhone(browser: Browser, subject: PortalSubject): Promise<void> {
  const context = await browser.newContext({
    ...german,
    viewport: phone,
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  const house = await shootAll(page, 'portal-phone', subject);
  await page.goto(`${house}/mehr`);
  await shoot(page, 'portal-phone-more');
  await context.close();
}

/** Returns the address of the house. */
async function shootAll(page: Page, prefix: string, subject: PortalSubject): Promise<string> {
  const { portal, login, matter, invitation } = subject;
  await page.goto(`${portal}/einladung/${invitation}`);
  await shoot(page, `${prefix}-invitation`);
  await page.goto(`${portal}/anmelden`);
  await shoot(page, `${prefix}-sign-in`, { dark: true });
  await page.getByRole('textbox', { name: 'E-Mail' }).fill(login.email);
  await page.getByLabel('Passwort', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.waitForURL(/\/objekte\//);
  const house = page.url();
  await shoot(page, `${prefix}-start`, { dark: true });
  for (const [path, name, dark] of [
    ['brett', 'board', true],
    ['dokumente', 'documents', false],
    ['nachrichten', 'messages', false],
    ['nachbarn', 'neighbours', false],
    ['konto', 'account', true],
  ] as const) {
    await page.goto(`${house}/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shoot(page, `${prefix}-${name}`, { dark });
  }
  await page.goto(`${house}/nachrichten`);
  await page.getByRole('link', { name: new RegExp(matter) }).click();
  await page.getByRole('heading', { name: matter }).waitFor();
  await shoot(page, `${prefix}-conversation`, { dark: true });
  await page.goto(`${house}/nachrichten/neu`);
  await page.getByRole('radio', { name: 'Schaden melden' }).check({ force: true });
  await page.getByRole('textbox', { name: 'Betreff' }).fill('Haustür schließt nicht mehr');
  await page
    .getByRole('textbox', { name: 'Ihre Nachricht' })
    .fill('Seit heute früh bleibt die Haustür einen Spalt offen, sie zieht nicht mehr zu.');
  await page
    .locator('input[type=file]')
    .last()
    .setInputFiles({ name: 'Haustür.jpg', mimeType: 'image/jpeg', buffer: await damagePhoto() });
  await page.getByRole('button', { name: /ntfernen.*Haustür.jpg|Haustür.jpg.*ntfernen/ }).waitFor();
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await shoot(page, `${prefix}-new-message`);
  return house;
}
