import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, Notification, session } from 'electron';
import { pageOrigin } from '../shared/contract/bridge.ts';
import { watchChanges } from './app/changes.ts';
import { askedFolder } from './app/folder.ts';
import { guardContents, guardSession, openOutside } from './app/guards.ts';
import { systemKeyring } from './app/keyring.ts';
import { addContextMenu, setMenu } from './app/menu.ts';
import { registerPageScheme, servePage } from './app/page.ts';
import { type Supervisor, superviseService } from './app/supervisor.ts';
import { openWindow } from './app/window.ts';
import { startBroker } from './hosts/electron.ts';
import type { DeskLog } from './service/context.ts';
import { serviceStart } from './service/key.ts';
import { openLog } from './service/log.ts';
import { deskPlace } from './service/place.ts';
import { destroyKey } from './service/wipe.ts';
import type { FromService } from './service/wire.ts';

const folder = askedFolder(app.commandLine.getSwitchValue('data'), process.env) ?? app.getPath('userData');
app.setPath('userData', folder);
// What Chromium keeps for itself stays apart from the desk's data.
const chromium = join(folder, 'window');
mkdirSync(chromium, { recursive: true, mode: 0o700 });
app.setPath('sessionData', chromium);
registerPageScheme();

const place = deskPlace(folder);
const developer = !app.isPackaged;
let window: BrowserWindow | null = null;

if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

async function run(): Promise<void> {
  const log = openLog({ terminal: 'warn', file: { folder: place.logs, name: 'shell.log' } });
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  guardContents(app, log);
  guardSession(session.defaultSession);
  servePage(session.defaultSession, join(import.meta.dirname, '../renderer'));

  const supervisor = superviseService({
    entry: join(import.meta.dirname, 'service.cjs'),
    init: { kind: 'init', place, start: await serviceStart(place, systemKeyring(), log) },
    log,
    heard,
    restarted: () => broker.reconnect(),
  });
  const broker = startBroker({
    ownFrame: () => (window === null || window.isDestroyed() ? null : window.webContents.mainFrame),
    origin: pageOrigin,
    toService: supervisor.connect,
    log,
  });

  function heard(message: FromService): void {
    if (message.kind === 'open-external') openOutside(message.url, log);
    if (message.kind === 'destroy-key') {
      destroyKey(place.keyFile);
      supervisor.keyDestroyed();
    }
    if (message.kind === 'notify') new Notification({ title: message.title, body: message.body }).show();
  }

  watchChanges(supervisor.wake);
  endWith(supervisor);
  setMenu(app.getLocale(), developer);
  showWindow(log);
}

function showWindow(log: DeskLog): void {
  window = openWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    placeFile: join(folder, 'window.json'),
    developer,
    log,
    shown: () => process.stdout.write(`${JSON.stringify({ desk: 'ready' })}\n`),
  });
  addContextMenu(window.webContents, app.getLocale());
  window.on('closed', () => {
    window = null;
  });
}

/** Ends the service before the app, so that its last writes and its queue are closed in order. */
function endWith(supervisor: Supervisor): void {
  let ended = false;
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    void supervisor.stop().then(() => {
      ended = true;
      app.quit();
    });
  });
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}
