import { join } from 'node:path';
import { root, toolEnvironment } from '../lib/run.ts';
import { type Service, startService } from './service.ts';
import type { ViewerReady } from './viewer-process.ts';

/** Where a start keeps what. */
export interface Folders {
  readonly desk: string;
  readonly viewer: string;
  readonly mail: string;
  readonly logs: string;
}

/** The folders under the data folder. */
export function foldersIn(data: string): Folders {
  const of = (name: string) => join(data, name);
  return { desk: of('desk'), viewer: of('viewer'), mail: of('mail'), logs: of('logs') };
}

/** Starts the viewer with its embedded PostgreSQL. */
export async function startViewerPart(
  folders: Folders,
  options: { readonly port: number; readonly smtpUrl: string; readonly withPairingCode: boolean },
): Promise<Service & ViewerReady> {
  const service = await startService({
    name: 'viewer',
    command: process.execPath,
    args: [join(root, 'build/start/viewer-process.ts'), ...(options.withPairingCode ? ['--pairing-code'] : [])],
    env: toolEnvironment({
      DATABASE_URL: '',
      DATA_DIR: folders.viewer,
      HOST: '127.0.0.1',
      PORT: String(options.port),
      PUBLIC_URL: '',
      SMTP_URL: options.smtpUrl,
      MAIL_FROM: 'Hausverwaltung Sonnenschein <portal@sonnenschein.example>',
    }),
    logs: folders.logs,
    isReady: (line) => line.startsWith('{"portal":'),
  });
  const ready: ViewerReady = JSON.parse(service.line);
  return { ...service, ...ready };
}

/** Starts the desk in the browser host; `url` opens it once. */
export async function startBrowserDesk(folders: Folders): Promise<Service & { readonly url: string }> {
  const service = await startService({
    name: 'desk',
    command: process.execPath,
    args: [join(root, 'main/browser.ts'), '--data', folders.desk],
    env: toolEnvironment(),
    logs: folders.logs,
    isReady: (line) => line.startsWith('{"url":'),
  });
  const { url }: { url: string } = JSON.parse(service.line);
  return { ...service, url };
}

/** Opens the desk in Electron. */
export function startElectronDesk(binary: string, folders: Folders): Promise<Service> {
  // Chromium refuses to build its sandbox for root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return startService({
    name: 'desk-window',
    command: binary,
    args: [root, `--data=${folders.desk}`, ...asRoot],
    env: toolEnvironment(),
    logs: folders.logs,
    isReady: (line) => line === '{"desk":"ready"}',
  });
}
