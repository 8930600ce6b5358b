import { createStore, type Store } from './store.ts';

/** Whether the window reaches its service: `expired` needs a new link from the start window. */
export type Link = 'open' | 'lost' | 'expired';

export const linkStore: Store<Link> = createStore<Link>('open');

/** Records what the transport saw; an expired session stays so until the page is opened anew. */
export function setLink(link: Link): void {
  if (linkStore.get() === 'expired') return;
  linkStore.set(link);
}
