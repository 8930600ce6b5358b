import { _electron } from '@playwright/test';
import { root, toolEnvironment } from '../lib/run.ts';
import { desktop, shoot } from './camera.ts';

/** The desk in a real Electron window, on the data folder of a desk that is closed. */
export async function shootWindow(binary: string, folder: string, documentId: string): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const environment = Object.entries(toolEnvironment()).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const app = await _electron.launch({
    executablePath: binary,
    args: [root, `--data=${folder}`, ...asRoot],
    cwd: root,
    env: Object.fromEntries(environment),
    locale: 'de-DE',
    colorScheme: 'light',
  });
  try {
    const page = await app.firstWindow();
    await page.setViewportSize(desktop);
    await page.getByRole('navigation').first().waitFor();
    await page.evaluate(`location.hash = '#/documents/${documentId}'`);
    await shoot(page, 'electron-documents', { rest: 4000 });
  } finally {
    await app.close();
  }
}
