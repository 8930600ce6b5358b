import { findProgram, isExecutable } from '../lib/find.ts';
import { run } from '../lib/run.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isExecutable(given)) throw new Error(`CHROMIUM_PATH names ${given}, which cannot be run.`);
    return given;
  }
  return names.map(findProgram).find((path) => path !== undefined);
}

/**
 * The browser the tests drive: `CHROMIUM_PATH`, or one on the PATH. As root on Debian it is installed when missing;
 * elsewhere the error names the package to install.
 */
export async function chromium(say: (line: string) => void): Promise<string> {
  const found = findChromium();
  if (found) return found;
  const missing = 'The tests need Chromium. Install the package "chromium" (or set CHROMIUM_PATH to a browser).';
  const apt = findProgram('apt-get');
  if (process.getuid?.() !== 0 || !apt) throw new Error(missing);
  say('Installing the package chromium …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run(apt, ['update', '-qq'], { env });
  const installed = await run(
    apt,
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    { env },
  );
  const path = findChromium();
  if (installed.code === 0 && path) return path;
  throw new Error(`${missing} Installing it failed:\n${`${updated.output}\n${installed.output}`.trim().slice(-1500)}`);
}
