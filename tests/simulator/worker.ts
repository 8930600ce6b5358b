import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { breaks } from './breaks/breaks.ts';
import { installNetwork } from './network.ts';
import type { WorkerOrder, WorkerReport, WorkerSetting } from './pool.ts';
import { simulate } from './simulate.ts';
import { makeTemplate, runFolder } from './template.ts';
import { installUploads } from './uploads.ts';
import { openSimulatedViewer } from './viewer.ts';

/** One process of the pool: runs the seeds that it is sent, side by side, and says how each ended. */
async function work({ url, steps, breakName }: WorkerSetting): Promise<void> {
  installNetwork();
  installUploads();
  const mistake = breakName === null ? null : breaks[breakName];
  const world = await openSimulatedViewer(url, mistake);
  const template = makeTemplate(await runFolder());
  const tell = (report: WorkerReport): void => void process.send?.(report);
  process.on('message', (order: WorkerOrder) => {
    if (order.kind === 'end') {
      void world
        .close()
        .then(() => rm(dirname(template), { recursive: true, force: true }))
        .then(() => process.disconnect());
      return;
    }
    const { seed } = order;
    simulate({ world, seed, steps, template, mistake }).then(
      (result) => tell({ kind: 'result', result }),
      (error: unknown) =>
        tell({ kind: 'error', seed, text: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  // Whoever started this is gone.
  process.on('disconnect', () => process.exit(0));
  tell({ kind: 'ready' });
}

await work(JSON.parse(process.argv[2] ?? '{}') as WorkerSetting);
