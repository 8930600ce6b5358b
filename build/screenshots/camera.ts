import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { root } from '../lib/run.ts';

/** Where the pictures lie. */
const folder = join(root, 'docs/screenshots');

/** Sizes the pictures are taken in, in CSS pixels. */
export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** People in Germany look at it. */
export const german = { locale: 'de-DE', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' } as const;

/** What comes and goes by itself. */
const passing = ['Skeleton', 'Loader', 'Notification'].map((name) => `.mantine-${name}-root:visible`).join(', ');

/** Waits until nothing is loading or telling any more, and hovers over nothing. Milliseconds of rest at the end. */
async function settle(page: Page, rest: number): Promise<void> {
  await page.mouse.move(1, 1);
  await page.locator(passing).first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.waitForTimeout(rest);
}

/** Takes one picture of what the page shows, and its dark twin `<name>-dark` when asked. */
export async function shoot(
  page: Page,
  name: string,
  options: { readonly dark?: boolean; readonly rest?: number } = {},
): Promise<void> {
  const { dark = false, rest = 600 } = options;
  await settle(page, rest);
  await keep(name, await page.screenshot());
  if (!dark) return;
  await page.emulateMedia({ colorScheme: 'dark' });
  await settle(page, rest);
  await keep(`${name}-dark`, await page.screenshot());
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Stores a picture with a palette: a third of the size, and nobody sees it on a surface without gradients. */
async function keep(name: string, picture: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  await sharp(picture)
    .png({ palette: true, colours: 256, effort: 10 })
    .toFile(join(folder, `${name}.png`));
}
