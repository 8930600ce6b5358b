import { openRunningDesk } from './bootstrap.ts';

/**
 * A desk in a process of its own that is killed at a named point of a bootstrap, as by a power switch for processes:
 * `node bootstrap-desk.process.ts <folder> <point>`. Without a point it ends when its rows are there.
 */
const [folder = '', point] = process.argv.slice(2);
const desk = await openRunningDesk(folder, {
  reached: (name) => {
    if (name === point) process.kill(process.pid, 'SIGKILL');
  },
});
for (;;) {
  const state = await desk.call('sync.now', {});
  if (state.bootstrap === null && state.lastError === null) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
await desk.service.stop();
