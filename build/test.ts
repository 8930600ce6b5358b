import { buildStale } from './bundles/stale.ts';
import { chromium } from './test/chromium.ts';
import { close, runJourneys, runVitest } from './test/results.ts';

/** `npm test`: unit, database and portal tests, then the journeys in the browser host. */
async function main(): Promise<number> {
  const browser = await chromium(console.log);
  process.env.CHROMIUM_PATH = browser;
  await buildStale(console.log);
  return close([await runVitest(), await runJourneys('browser', { CHROMIUM_PATH: browser })]);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
