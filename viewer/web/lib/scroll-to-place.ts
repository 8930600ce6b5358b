import { useEffect } from 'react';
import { useLocation } from 'react-router';

/**
 * Goes to the place that the address names (`#<id>`), once it is on the page, and puts the focus there.
 * @param ready whether the content that holds the place has been loaded
 */
export function useScrollToPlace(ready: boolean): void {
  const { hash, key } = useLocation();
  // `key` makes a second click on the same link go there again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!ready || hash === '') return;
    const place = document.getElementById(hash.slice(1));
    place?.scrollIntoView();
    place?.focus({ preventScroll: true });
  }, [ready, hash, key]);
}
