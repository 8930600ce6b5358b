import type { EventPayload } from '../../shared/contract/events.ts';
import { createStore, type Store } from './store.ts';

/** One long work of the service, as it last reported. */
export type Progress = EventPayload<'progress'>;

/** Work that is under way, oldest first. */
export const progressStore: Store<readonly Progress[]> = createStore<readonly Progress[]>([]);

/** Takes in a report; work that is done leaves the list. */
export function reportProgress(report: Progress): void {
  const finished = report.total !== null && report.done >= report.total;
  const running = progressStore.get();
  const known = running.some((work) => work.id === report.id);
  if (finished) progressStore.set(running.filter((work) => work.id !== report.id));
  else if (known) progressStore.set(running.map((work) => (work.id === report.id ? report : work)));
  else progressStore.set([...running, report]);
}
