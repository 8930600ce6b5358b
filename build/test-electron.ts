import { buildStale } from './bundles/stale.ts';
import { display } from './lib/display.ts';
import { electronBinary } from './lib/electron.ts';
import { chromium } from './test/chromium.ts';
import { close, runJourneys } from './test/results.ts';

/** `npm run test:electron`: the journeys in real Electron windows, on a virtual display where there is none. */
async function main(): Promise<number> {
  if (!electronBinary()) {
    throw new Error(
      'There is no Electron. Set ELECTRON_OVERRIDE_DIST_PATH, or run: node node_modules/electron/install.js',
    );
  }
  const browser = await chromium(console.log);
  await buildStale(console.log);
  return close([await runJourneys('electron', { CHROMIUM_PATH: browser }, display())]);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
