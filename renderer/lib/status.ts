import { useEffect } from 'react';
import { createStore, type Store } from './store.ts';

/** What the page on screen says in the status bar: selected rows, sums. */
export const pageStatusStore: Store<string | null> = createStore<string | null>(null);

/** Says something in the status bar for as long as the component is mounted; null says nothing. */
export function usePageStatus(text: string | null): void {
  useEffect(() => {
    pageStatusStore.set(text);
    return () => pageStatusStore.set(null);
  }, [text]);
}
