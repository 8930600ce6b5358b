// The viewer of `npm start`, a process of its own: what it logs goes to a file, and it ends when the start ends.
import { readConfig } from '../../viewer/server/config.ts';
import { startViewer } from '../../viewer/server/index.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';

/** The line that says that the viewer serves. */
export interface ViewerReady {
  readonly portal: string;
  /** Lets the viewer adopt a company, for 15 minutes; only with `--pairing-code`. */
  readonly pairingCode: string | null;
}

const running = await startViewer(await readConfig(process.env), {
  onLost: () => {
    process.stderr.write('PostgreSQL ended by itself.\n');
    process.exit(1);
  },
});
const code = process.argv.includes('--pairing-code') ? await createPairingCode(running.viewer, null) : null;
const ready: ViewerReady = { portal: running.url, pairingCode: code?.code ?? null };
process.stdout.write(`${JSON.stringify(ready)}\n`);

function stop(): void {
  running.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
