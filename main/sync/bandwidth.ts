/** How much may move per second; asked before every piece. */
export interface Bandwidth {
  /** Waits until a piece may move; at once where there is no limit. @throws what `signal` was aborted with */
  readonly take: (bytes: number, signal: AbortSignal) => Promise<void>;
  /** Bytes of a piece that takes about a second, never more than `most`. */
  readonly piece: (most: number) => number;
}

export interface BandwidthParts {
  /** Bytes per second as set now; 0 for no limit. */
  readonly limit: () => number;
  /** Milliseconds. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Longest sleep in one go, so that another limit counts at once (milliseconds). */
const longestSleep = 250;
/** Smaller pieces cost more in questions and answers than they carry (bytes). */
const smallestPiece = 16 * 1024;

/**
 * A bucket of tokens: it fills with the limit, at most for a second. A piece may go while it is not empty and is then
 * taken out whole, so that a piece larger than the bucket is paid for by those after it.
 */
export function createBandwidth({ limit, now, sleep }: BandwidthParts): Bandwidth {
  let tokens = 0;
  let filledAt = now();
  let counted = limit();
  return {
    piece: (most) => (limit() === 0 ? most : Math.min(most, Math.max(smallestPiece, limit()))),
    take: async (bytes, signal) => {
      for (;;) {
        signal.throwIfAborted();
        const perSecond = limit();
        const time = now();
        // What moved under another limit is not owed under this one.
        if (perSecond !== counted) tokens = 0;
        counted = perSecond;
        if (perSecond === 0) return;
        tokens = Math.min(perSecond, tokens + (Math.max(0, time - filledAt) / 1000) * perSecond);
        filledAt = time;
        if (tokens > 0) break;
        await sleep(Math.min(longestSleep, (1 - tokens) / (perSecond / 1000)), signal);
      }
      tokens -= bytes;
    },
  };
}

/** A timer that an abort ends. */
export function abortableSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
