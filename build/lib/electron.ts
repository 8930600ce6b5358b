import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from './find.ts';
import { root } from './run.ts';

/** Electron's folder of packages; its code is never imported here, because that starts a download. */
const home = join(root, 'node_modules/electron');

/** Electron's program on this machine, if it is there: another one's when `ELECTRON_OVERRIDE_DIST_PATH` says so. */
export function electronBinary(): string | undefined {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(home, 'dist');
  const path = join(folder, programName());
  return isExecutable(path) ? path : undefined;
}

function programName(): string {
  try {
    return readFileSync(join(home, 'path.txt'), 'utf8').trim();
  } catch {
    if (process.platform === 'win32') return 'electron.exe';
    return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
  }
}
