import { join } from 'node:path';
import { buildStale } from './bundles/stale.ts';
import { isFree } from './lib/ports.ts';
import { root } from './lib/run.ts';
import { madeDemo, makeDemo } from './start/demo.ts';
import { type ElectronAnswer, findElectron } from './start/electron.ts';
import { openMailbox } from './start/mailbox.ts';
import { readOptions } from './start/options.ts';
import { foldersIn, startBrowserDesk, startElectronDesk, startViewerPart } from './start/parts.ts';
import { endServices, type Service } from './start/service.ts';
import { openSession } from './start/session.ts';

/** `npm start`: everything on this machine, with a demo company the first time. Ends with Ctrl+C. */

const data = join(root, '.data');
/** What to end, in the order it was started. */
const running: (() => Promise<void>)[] = [];
let ending: Promise<void> | undefined;

function end(code: number): Promise<void> {
  ending ??= (async () => {
    for (const stop of running.toReversed()) await stop().catch((error: unknown) => console.error(String(error)));
    await endServices();
    process.exit(code);
  })();
  return ending;
}

/** A part that ends by itself takes the rest along, with a sentence. */
function watch(service: Service, sentence: string): void {
  service.process.once('exit', () => {
    if (ending) return;
    console.error(sentence);
    void end(1);
  });
}

async function main(): Promise<void> {
  const { fresh, port } = readOptions(process.argv.slice(2));
  const session = await openSession(data);
  running.push(session.end);
  if (!(await isFree(port))) {
    throw new Error(`Port ${port} is taken by another program. Choose another one: npm start -- --port ${port + 1}`);
  }
  if (fresh) await session.clear();
  const electron = findElectron(console.log);
  await buildStale(console.log);
  const folders = foldersIn(data);
  const made = await madeDemo(data);
  if (!made) await session.clear();
  const mailbox = await openMailbox(folders.mail);
  running.push(mailbox.stop);
  const viewer = await startViewerPart(folders, { port, smtpUrl: mailbox.url, withPairingCode: !made });
  running.push(viewer.stop);
  watch(viewer, `The viewer ended by itself. Its log is ${join(folders.logs, 'viewer.log')}`);
  const logins = made ?? (await makeDemo(data, folders, viewer, mailbox));
  const desk = await openDesk(await electron);
  console.log(`Portal: ${viewer.portal}`);
  console.log(`Desk: ${desk}`);
  for (const { email, password } of logins) console.log(`Demo: ${email} / ${password}`);
}

/** Opens the desk's window, or says in one line why not and serves it to a browser. Returns what to print. */
async function openDesk(electron: ElectronAnswer): Promise<string> {
  const folders = foldersIn(data);
  let reason = 'reason' in electron ? electron.reason : '';
  if ('binary' in electron) {
    try {
      const window = await startElectronDesk(electron.binary, folders);
      running.push(window.stop);
      window.process.once('exit', () => {
        if (!ending) console.log('The desk was closed; the portal goes on. Ctrl+C ends it.');
      });
      return 'Electron window';
    } catch (error) {
      reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    }
  }
  console.log(`No Electron window: ${reason}. The desk opens in the browser.`);
  const desk = await startBrowserDesk(folders);
  running.push(desk.stop);
  watch(desk, `The desk ended by itself. Its log is ${join(folders.logs, 'desk.log')}`);
  return desk.url;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
try {
  await main();
} catch (error) {
  if (!ending) console.error(error instanceof Error ? error.message : error);
  await end(1);
}
