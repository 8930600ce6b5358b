import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDesk } from '../demo/desk.ts';
import { type DemoLogin, seedDemo } from '../demo/seed.ts';
import type { Mailbox } from './mailbox.ts';
import { type Folders, startBrowserDesk } from './parts.ts';

export type DemoLogins = readonly [owner: DemoLogin, tenant: DemoLogin];

/** The logins of a demo that was made to its end, or undefined. */
export async function madeDemo(data: string): Promise<DemoLogins | undefined> {
  const text = await readFile(join(data, 'demo.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Makes the demo with a desk in the browser host, which ends afterwards. */
export async function makeDemo(
  data: string,
  folders: Folders,
  viewer: { readonly portal: string; readonly pairingCode: string | null },
  mailbox: Mailbox,
): Promise<DemoLogins> {
  const desk = await startBrowserDesk(folders);
  try {
    const logins = await seedDemo({
      desk: await openDesk(desk.url),
      portal: viewer.portal,
      pairingCode: viewer.pairingCode ?? '',
      mailbox,
      now: Date.now(),
      say: console.log,
    });
    await writeFile(join(data, 'demo.json'), JSON.stringify(logins));
    return logins;
  } finally {
    await desk.stop();
  }
}
