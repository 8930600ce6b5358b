import { electronBinary } from '../lib/electron.ts';
import { runNode, tool, toolEnvironment } from '../lib/run.ts';

/** Electron's program, or one sentence that says why it cannot be had. */
export type ElectronAnswer = { readonly binary: string } | { readonly reason: string };

/** All that the official download may take. */
const downloadSeconds = 60;

/**
 * Looks for Electron; where its program is missing the official download is tried once. It runs beside the rest of the
 * start, which does not wait for it until the desk is next.
 */
export async function findElectron(say: (line: string) => void): Promise<ElectronAnswer> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'there is no display' };
  }
  const present = electronBinary();
  if (present) return { binary: present };
  say(`Electron is missing; trying its official download once, for at most ${downloadSeconds} s …`);
  const { ELECTRON_SKIP_BINARY_DOWNLOAD: _, ...env } = toolEnvironment();
  const began = performance.now();
  const { code, output } = await runNode([tool('electron/install.js')], { env, timeout: downloadSeconds * 1000 });
  const binary = electronBinary();
  if (code === 0 && binary) return { binary };
  const late = performance.now() - began >= downloadSeconds * 1000;
  return { reason: late ? `its download did not finish within ${downloadSeconds} s` : downloadProblem(output) };
}

function downloadProblem(output: string): string {
  const status = /Response code (\d{3})/.exec(output)?.[1];
  if (status) return `its download was answered with HTTP ${status}`;
  if (/fetch failed|\bE[A-Z]{5,}\b/.test(output)) return 'the server of its download cannot be reached';
  return `its download failed: ${output.trim().split('\n')[0] ?? ''}`;
}
