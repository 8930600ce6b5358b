/** When rounds run: one after the other, at once when something asks for one, and by the clock otherwise. */
export interface Rounds {
  /** A round that begins after this call, whatever became of the one under way; resolves when it has ended. */
  readonly run: () => Promise<void>;
  /**
   * Something was written here or there. The first wish begins a round at once, those that come while it runs are one
   * round after it. After a failure the round of its delay does for them too, or the viewer would not get its pause.
   * @param still asked before that round begins: whether the one before did not do for it already
   */
  readonly soon: (still?: () => boolean) => void;
  /** Another round after so many milliseconds, unless one comes before. */
  readonly after: (delay: number) => void;
  /** No round by the clock any more. */
  readonly pause: () => void;
  /** No round any more; resolves when the one under way has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * @param round plans the round after it by `after` and answers whether it went well
 * @param failed what to do with what `round` throws nevertheless
 */
export function createRounds(round: () => Promise<boolean>, failed: (error: unknown) => void): Rounds {
  let asked = false;
  let reasons: (() => boolean)[] = [];
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let immediate: NodeJS.Immediate | null = null;
  let stopped = false;

  const pause = (): void => {
    if (timer !== null) clearTimeout(timer);
    if (immediate !== null) clearImmediate(immediate);
    timer = null;
    immediate = null;
  };

  const isWanted = (): boolean => !stopped && (asked || reasons.some((still) => still()));

  const loop = async (): Promise<void> => {
    try {
      while (isWanted()) {
        asked = false;
        reasons = [];
        pause();
        if (!(await round())) reasons = [];
      }
    } finally {
      reasons = [];
      running = null;
    }
  };

  const start = (): Promise<void> => {
    if (running !== null) return running;
    if (!isWanted()) {
      // A loop that ends before it is named would be taken for one that runs, for ever.
      reasons = [];
      return Promise.resolve();
    }
    running = loop();
    return running;
  };
  const begin = (): void => {
    immediate = null;
    if (!stopped) start().catch(failed);
  };

  return {
    run: () => {
      asked = true;
      return stopped ? Promise.resolve() : start();
    },
    soon: (still = () => true) => {
      reasons.push(still);
      // The answer to the deed goes out first.
      if (running === null && immediate === null && !stopped) immediate = setImmediate(begin);
    },
    after: (delay) => {
      if (timer !== null) clearTimeout(timer);
      if (stopped) return;
      timer = setTimeout(() => {
        timer = null;
        reasons.push(() => true);
        begin();
      }, delay);
    },
    pause,
    stop: async () => {
      stopped = true;
      pause();
      await running;
    },
  };
}
