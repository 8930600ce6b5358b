import { BrowserWindow, type Event, nativeTheme, screen } from 'electron';
import { pageOrigin } from '../../shared/contract/bridge.ts';
import type { DeskLog } from '../service/context.ts';
import { keepPlace, placeOnScreens, readPlace } from './bounds.ts';

export interface WindowOptions {
  readonly preload: string;
  /** File that remembers where the window stood. */
  readonly placeFile: string;
  /** Developer tools may be opened. */
  readonly developer: boolean;
  /** The page is shown for the first time. */
  readonly shown: () => void;
  readonly log: DeskLog;
}

/** Colours of the empty window (`paper` of the theme), so that nothing flashes before the page is there. */
const paper = { light: '#FBFAF7', dark: '#161B1F' };
const defaultSize = { width: 1440, height: 900 };

/** Opens the desk's window: sandboxed, isolated, on our own page, where it stood last. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const place = placeOnScreens(readPlace(options.placeFile), areas);
  const { maximized, ...bounds } = place ?? { ...defaultSize, maximized: false };
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Treppenhaus',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Its dictionaries would be fetched from a server.
      spellcheck: false,
      // The PDF viewer is one.
      plugins: true,
      devTools: options.developer,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
    options.shown();
  });
  rememberPlace(window, options.placeFile);
  comeBack(window, options.log);
  window.on('page-title-updated', (event: Event) => event.preventDefault());
  void window.loadURL(`${pageOrigin}/`);
  return window;
}

/** A page that fell is loaded again; drafts and the place in the app are the page's to keep. */
function comeBack(window: BrowserWindow, log: DeskLog): void {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error({ reason, exitCode }, 'page lost');
    // Not at once, so that a page that cannot start does not take the whole processor.
    setTimeout(() => {
      if (!window.isDestroyed()) window.reload();
    }, 1000);
  });
}

function rememberPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | null = null;
  const keep = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!window.isDestroyed() && !window.isMinimized()) {
      keepPlace(file, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    }
  };
  const soon = () => {
    timer ??= setTimeout(keep, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', keep);
}
