import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, type Page } from '@playwright/test';
import { root } from '../../../build/lib/run.ts';
import { type Mailbox, openMailbox } from '../../../build/start/mailbox.ts';
import { spawnOwned } from '../../../viewer/server/db/embedded/child.ts';
import { type Desk, type Host, openDesk } from './desk.ts';
import { ended, lineOf } from './process.ts';

/** Everything of one run: a viewer with its database, a mail server, desks, portal browsers. Nothing of it is shared. */
export interface World {
  readonly mailbox: Mailbox;
  readonly viewer: JourneyViewer;
  readonly folder: string;
  /** A desk of its own data folder, in the host of the project. The same name again is the same desk. */
  readonly desk: (name: string) => Promise<JourneyDesk>;
  /** A resident's browser, with cookies of its own. The same name again is the same browser. */
  readonly portal: (name: string) => Promise<Page>;
}

/** A desk that may crash and come back. */
export interface JourneyDesk {
  readonly page: () => Page;
  readonly call: Desk['call'];
  /** SIGKILL to the process that holds the data; afterwards the desk is there again, as after a crash at work. */
  readonly crash: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The viewer as a process that can be stopped and started again at the same address. */
export interface JourneyViewer {
  readonly url: () => string;
  /** Lets the viewer adopt a company; of the latest start. */
  readonly pairingCode: () => string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Seconds between a release and its mail: short, so that a journey can see both the mail and its cancelling. */
export const releaseDelaySeconds = 4;

export const test = base.extend<object, { readonly world: World }>({
  world: [
    async ({ browser }, use, info) => {
      const { host } = info.project.metadata as { readonly host: Host };
      const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-journey-'));
      await chmod(folder, 0o755);
      const mailbox = await openMailbox(join(folder, 'mail'));
      const viewer = openViewer(join(folder, 'viewer'), mailbox.url);
      const desks = new Map<string, JourneyDesk>();
      const portals = new Map<string, Page>();
      try {
        await viewer.start();
        await use({
          mailbox,
          viewer,
          folder,
          desk: async (name) => {
            const open = desks.get(name) ?? (await openJourneyDesk(host, browser, join(folder, name)));
            desks.set(name, open);
            return open;
          },
          portal: async (name) => {
            const open = portals.get(name) ?? (await openPortal(browser));
            portals.set(name, open);
            return open;
          },
        });
      } finally {
        for (const desk of desks.values()) await desk.close();
        await viewer.stop();
        await mailbox.stop();
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

async function openJourneyDesk(host: Host, browser: Browser, folder: string): Promise<JourneyDesk> {
  let desk = await openDesk(host, folder, browser);
  await desk.page.setViewportSize({ width: 1440, height: 900 });
  return {
    page: () => desk.page,
    call: (name, input) => desk.call(name, input),
    crash: async () => {
      await desk.killService();
      // Electron's main starts the service again; a browser host is started by whoever uses it.
      if (host === 'electron') return;
      await desk.page.context().close();
      desk = await openDesk(host, folder, browser);
    },
    close: () => desk.close(),
  };
}

async function openPortal(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
  });
  return context.newPage();
}

function openViewer(folder: string, smtpUrl: string): JourneyViewer {
  let child: ChildProcess | null = null;
  let ready = { portal: '', pairingCode: '' };
  return {
    url: () => ready.portal,
    pairingCode: () => ready.pairingCode,
    start: async () => {
      const port = ready.portal === '' ? '0' : new URL(ready.portal).port;
      // A run that is killed leaves no viewer and no database behind.
      child = spawnOwned(process.execPath, [join(root, 'build/start/viewer-process.ts'), '--pairing-code'], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          DATABASE_URL: '',
          DATA_DIR: folder,
          HOST: '127.0.0.1',
          PORT: port,
          PUBLIC_URL: '',
          SMTP_URL: smtpUrl,
          MAIL_FROM: 'Verwaltung <portal@verwaltung.example>',
          RELEASE_DELAY_SECONDS: String(releaseDelaySeconds),
          LOG_LEVEL: 'warn',
        },
      });
      ready = JSON.parse(await lineOf(child, '{"portal":')) as typeof ready;
    },
    stop: async () => {
      if (child !== null) await ended(child, 'SIGTERM');
      child = null;
    },
  };
}
