import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as engine } from '@playwright/test';
import { clearGround } from '../viewer/server/db/embedded/place.ts';
import { buildStale } from './bundles/stale.ts';
import { invitedOnly } from './demo/stories.ts';
import { display } from './lib/display.ts';
import { electronBinary } from './lib/electron.ts';
import { passThrough, toolEnvironment } from './lib/run.ts';
import { disagree } from './screenshots/colleague.ts';
import { clientOf, openWindow, shootDesk, shootFirstRun, shootOffline, subjects } from './screenshots/desk.ts';
import { shootPhone, shootPortal } from './screenshots/portal.ts';
import { shootQueue, shootSync } from './screenshots/sync.ts';
import { shootWindow } from './screenshots/window.ts';
import { makeDemo } from './start/demo.ts';
import { openMailbox } from './start/mailbox.ts';
import { foldersIn, startBrowserDesk, startViewerPart } from './start/parts.ts';
import { endServices } from './start/service.ts';
import { chromium } from './test/chromium.ts';

/** `npm run screenshots`: all pictures in docs/screenshots, from a demo company made for them and thrown away. */
async function main(data: string): Promise<void> {
  const binary = electronBinary();
  const browser = await engine.launch({
    executablePath: await chromium(console.log),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  await buildStale(console.log);
  const folders = foldersIn(data);
  const mailbox = await openMailbox(folders.mail);
  try {
    const viewer = await startViewerPart(folders, { port: 0, smtpUrl: mailbox.url, withPairingCode: true });
    const [owner, tenant] = await makeDemo(data, folders, viewer, mailbox);
    const desk = await startBrowserDesk(folders);
    const window = await openWindow(browser, desk.url);
    const call = clientOf(window);
    const { rows } = await call('people.list', { query: invitedOnly[0] });
    const mail = await mailbox.next(rows[0]?.email ?? '', 10_000);
    const invitation = /\/einladung\/([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
    console.log('The desk …');
    await disagree(browser, call, folders, viewer.portal);
    await shootDesk(window);
    await shootSync(window);
    console.log('The portal …');
    const { portal } = viewer;
    await shootPortal(browser, { portal, login: tenant, matter: 'Feuchter Fleck', invitation });
    await shootPhone(browser, { portal, login: owner, matter: 'Jahresabrechnung', invitation });
    console.log('The desk without its portal …');
    await viewer.stop();
    await shootOffline(window);
    await shootQueue(window);
    const { plan } = await subjects(window);
    await desk.stop();
    console.log('A desk nobody has used yet …');
    const empty = await startBrowserDesk({ ...folders, desk: join(data, 'empty') });
    await shootFirstRun(await openWindow(browser, empty.url));
    await empty.stop();
    if (!binary) console.log('There is no Electron; its picture stays as it is.');
    else await shootWindow(binary, folders.desk, plan);
  } finally {
    await browser.close();
    await mailbox.stop();
  }
}

/** Takes the pictures with data of their own. Returns the exit code. */
async function take(): Promise<number> {
  const [command, ...args] = electronBinary() ? display() : [];
  if (command !== undefined) {
    const again = [...args, process.execPath, ...process.argv.slice(1)];
    return passThrough({ command, args: again, env: toolEnvironment() });
  }
  const data = await mkdtemp(join(tmpdir(), 'treppenhaus-pictures-'));
  // The embedded PostgreSQL runs as another user and has to get in.
  await chmod(data, 0o755);
  try {
    await main(data);
    return 0;
  } finally {
    await endServices();
    await clearGround(join(data, 'viewer/postgres'));
    await rm(data, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await take();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
