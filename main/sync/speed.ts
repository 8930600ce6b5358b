/** How fast bytes move, smoothed. */
export interface Speed {
  readonly moved: (bytes: number) => void;
  /** Bytes per second over the last seconds; 0 where nothing moves. */
  readonly current: () => number;
}

/** The seconds that count (milliseconds). */
const window = 8_000;

/** A mean over the last seconds, so that the figure is calm and still ends when the line does. */
export function createSpeed(now: () => number): Speed {
  let samples: { readonly at: number; readonly bytes: number }[] = [];
  let since: number | null = null;
  const recent = (time: number) => {
    samples = samples.filter(({ at }) => time - at < window);
    if (samples.length === 0) since = null;
  };
  return {
    moved: (bytes) => {
      const time = now();
      recent(time);
      since ??= time;
      samples.push({ at: time, bytes });
    },
    current: () => {
      const time = now();
      recent(time);
      if (since === null) return 0;
      const elapsed = Math.min(window, Math.max(1_000, time - since));
      return Math.round((samples.reduce((sum, { bytes }) => sum + bytes, 0) * 1000) / elapsed);
    },
  };
}
