import { type App, type Session, shell, type WebContents } from 'electron';
import { pageOrigin } from '../../shared/contract/bridge.ts';
import type { DeskLog } from '../service/context.ts';
import { isOutside } from './outside.ts';

/** Opens an https or mailto address with the system; anything else is refused and logged without its address. */
export function openOutside(url: string, log: DeskLog): void {
  if (!isOutside(url)) {
    log.warn({ code: 'forbidden-sender' }, 'address refused');
    return;
  }
  shell.openExternal(url).catch((error: unknown) => log.warn({ err: error }, 'address not opened'));
}

/** Frames that show documents: on an address that the page itself made, and inside Chromium's own PDF viewer. */
const previews = [`blob:${pageOrigin}/`, 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/'];

/** Pages stay where they are: no other pages, no new windows, no webviews; links lead to the system's browser. */
export function guardContents(app: App, log: DeskLog): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url, log);
      return { action: 'deny' };
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame && previews.some((start) => event.url.startsWith(start))) return;
      event.preventDefault();
      if (event.isMainFrame) openOutside(event.url, log);
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** The page may write to the clipboard and nothing else; it reaches no network, whatever its policy says. */
export function guardSession(session: Session): void {
  const allowed = (permission: string, origin: string) =>
    permission === 'clipboard-sanitized-write' && origin.replace(/\/$/, '') === pageOrigin;
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(allowed(permission, details.requestingUrl.slice(0, pageOrigin.length)));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*'] },
    (_details, answer) => answer({ cancel: true }),
  );
}
