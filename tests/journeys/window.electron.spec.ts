import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { electronBinary } from '../../build/lib/electron.ts';
import { root, toolEnvironment } from '../../build/lib/run.ts';
import { deskPlace } from '../../main/service/place.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import { type Desk, openDesk, sandboxless, servicePid } from './support/desk.ts';

let folder: string;
let desk: Desk;

test.beforeEach(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-desk-'));
  desk = await openDesk('electron', folder, browser);
});
test.afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const company = { name: 'Hausverwaltung Treppe', staff: { name: 'Anna Alt', email: 'anna@example.org' } };

function appOf({ app }: Desk): ElectronApplication {
  if (app === null) throw new Error('There is no Electron');
  return app;
}

test('a lost service comes back, says so, and has kept what it confirmed', async () => {
  const { page } = desk;
  const app = appOf(desk);
  await desk.call('settings.createOrganisation', company);
  const restarted = page.evaluate(
    () =>
      new Promise<EventMessage>((resolve) => {
        window.desk?.on((message) => {
          if (message.event === 'restarted') resolve(message);
        });
      }),
  );
  const before = await servicePid(app);
  const answers = page.evaluate(async () => {
    const calls = Array.from({ length: 300 }, () => window.desk?.call('settings.state', {}));
    const codes = await Promise.all(calls.map(async (call) => JSON.stringify(await call).slice(2, 7)));
    return [...new Set(codes)].sort();
  });
  await desk.killService();
  for (const answer of await answers) expect(['ok":{', 'error']).toContain(answer);
  expect(await restarted).toEqual({ event: 'restarted', payload: {} });
  expect(await servicePid(app)).not.toBe(before);
  expect(await desk.call('settings.state', {})).toMatchObject({ phase: 'ready' });
});

test('the page cannot leave, open windows, reach a network or ask for devices', async () => {
  const { page } = desk;
  const app = appOf(desk);
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'opened', opened);
    shell.openExternal = async (url) => void opened.push(url);
  });
  const found = await page.evaluate(async () => {
    const windows = ['https://example.org/a', 'http://example.org/', 'file:///etc/passwd', 'javascript:1'].map(
      (url) => window.open(url) === null,
    );
    const network = await fetch('https://example.org/').then(
      () => 'answered',
      () => 'refused',
    );
    const { state } = await navigator.permissions.query({ name: 'geolocation' });
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'refused',
    );
    location.href = 'mailto:anna@example.org';
    location.href = 'file:///etc/passwd';
    location.href = 'https://example.org/b';
    return { windows, network, state, media };
  });
  expect(found).toEqual({ windows: [true, true, true, true], network: 'refused', state: 'denied', media: 'refused' });
  await expect
    .poll(() => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[]))
    .toEqual(['https://example.org/a', 'mailto:anna@example.org', 'https://example.org/b']);
  expect(page.url()).toMatch(/^app:\/\/desk\//);
  expect(app.windows()).toHaveLength(1);
});

test('a page that fell is loaded again', async () => {
  const app = appOf(desk);
  await desk.call('settings.createOrganisation', company);
  const crashed = desk.page.waitForEvent('crash');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await crashed;
  // The runner's page does not survive a crash, the window does.
  const stands = () =>
    app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return contents !== undefined && !contents.isCrashed() && !contents.isLoading();
    });
  await expect.poll(stands).toBe(true);
  const phase = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "window.desk.call('settings.state', {}).then((answer) => answer.ok.phase)",
    ),
  );
  expect(phase).toBe('ready');
});

test('a PDF is shown by the viewer that Chromium brings', async () => {
  await desk.page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = URL.createObjectURL(new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }));
    document.body.append(frame);
  });
  const shown = () =>
    appOf(desk).evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.framesInSubtree.some(
        (frame) => frame.url.startsWith('blob:') && frame.parent?.url.startsWith('chrome-extension:'),
      ),
    );
  await expect.poll(shown).toBe(true);
});

test('another window gets no port', async () => {
  const app = appOf(desk);
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow, app: main }) => {
    const preload = `${main.getAppPath()}/out/preload/index.cjs`;
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    void other.loadURL('app://desk/');
  });
  const other = await opened;
  await other.waitForLoadState();
  const log = join(deskPlace(folder).logs, 'shell.log');
  await expect.poll(() => readFileSync(log, 'utf8')).toContain('"code":"forbidden-sender"');
  const answer = await other.evaluate(() =>
    Promise.race([
      window.desk?.call('settings.state', {}),
      new Promise((resolve) => setTimeout(() => resolve('silence'), 1000)),
    ]),
  );
  expect(answer).toBe('silence');
});

test('a second start on the same data gives way to the first', async () => {
  const binary = electronBinary();
  if (binary === undefined) throw new Error('There is no Electron');
  const told = appOf(desk).evaluate(
    ({ app }) => new Promise<boolean>((resolve) => app.once('second-instance', () => resolve(true))),
  );
  const second = spawn(binary, [root, `--data=${folder}`, ...sandboxless], { env: toolEnvironment(), stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(await told).toBe(true);
  expect(await desk.call('settings.state', {})).toMatchObject({ phase: 'first-run' });
});

test('the window opens where it stood', async ({ browser }) => {
  const bounds = { x: 40, y: 30, width: 1100, height: 700 };
  await appOf(desk).evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds);
  await desk.close();
  desk = await openDesk('electron', folder, browser);
  const found = await appOf(desk).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(found).toEqual(bounds);
});
