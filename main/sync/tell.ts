/**
 * Tells at once, then again at most every so many milliseconds as long as somebody asks: whoever looks gets the first
 * and the last state, and a thousand deeds do not count the queue a thousand times.
 */
export function createTeller(tell: () => void, every: number): { readonly ask: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | null = null;
  let asked = false;
  let stopped = false;
  const now = (): void => {
    asked = false;
    timer = setTimeout(() => {
      timer = null;
      if (asked) now();
    }, every);
    tell();
  };
  return {
    ask: () => {
      if (stopped) return;
      if (timer === null) now();
      else asked = true;
    },
    stop: () => {
      stopped = true;
      asked = false;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
