import { buildStale } from './bundles/stale.ts';

try {
  await buildStale(console.log, process.argv.includes('--force'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
