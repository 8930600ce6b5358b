import type { BreakName } from './breaks/breaks.ts';
import type { Outcome } from './pool.ts';

/** Most findings of one kind that are printed of a seed. */
const shown = 5;

/** Steps of a run when nobody says otherwise. */
export const defaultSteps = 60;

export interface Report {
  /** The lines that tell how a seed ended; of a failed one also what replays it. */
  readonly add: (outcome: Outcome) => readonly string[];
  /** Invariants that did not hold, and the sum as the last line. */
  readonly close: () => { readonly lines: readonly string[]; readonly failed: number };
}

/** Counts what seeds found, and puts it in words. */
export function openReport(steps: number, breakName: BreakName | null): Report {
  const sum = { seeds: 0, changes: 0, acknowledged: 0, lost: 0, diverged: 0, faults: 0 };
  const broken = new Map<string, number>();
  const kinds = new Map<string, number>();
  const failed: number[] = [];
  const replay = (seed: number): string => {
    const size = steps === defaultSteps ? '' : ` --steps ${steps}`;
    return `  replay: npm run simulate -- --seeds 1 --seed ${seed}${size}${breakName === null ? '' : ` --break ${breakName}`}`;
  };
  return {
    add: (outcome) => {
      sum.seeds += 1;
      if ('error' in outcome) {
        failed.push(outcome.seed);
        count(broken, 'error', 1);
        return [`seed ${outcome.seed} FAILED: ${outcome.error}`, replay(outcome.seed)];
      }
      const { seed, changes, acknowledged, lost, diverged, violations, faults, hash } = outcome.result;
      const number = Object.values(faults).reduce((all, one) => all + one, 0);
      for (const [kind, times] of Object.entries(faults)) count(kinds, kind, times);
      sum.changes += changes;
      sum.acknowledged += acknowledged;
      sum.lost += lost.length;
      sum.diverged += diverged.length;
      sum.faults += number;
      for (const violation of violations) count(broken, violation.slice(0, violation.indexOf(':')), 1);
      const isFine = lost.length + diverged.length + violations.length === 0;
      const facts = `changes=${changes} acknowledged=${acknowledged} lost=${lost.length} diverged=${diverged.length} faults=${number}`;
      const line = `seed ${seed}${isFine ? '' : ' FAILED'}: ${facts} hash=${hash.slice(0, 12)}`;
      if (isFine) return [line];
      failed.push(seed);
      const findings = [
        ...lost.slice(0, shown).map((text) => `  lost: ${text}`),
        ...diverged.slice(0, shown).map((text) => `  diverged: ${text}`),
        ...violations.slice(0, shown).map((text) => `  ${text}`),
      ];
      return [line, ...findings, replay(seed)];
    },
    close: () => {
      const { seeds, changes, acknowledged, lost, diverged, faults } = sum;
      const lines = [
        ...[...kinds].sort().map(([kind, times]) => `fault ${kind}: ${times}`),
        ...[...broken].sort().map(([name, times]) => `broken invariant ${name}: ${times}`),
        `simulate: seeds=${seeds} changes=${changes} acknowledged=${acknowledged} lost=${lost} diverged=${diverged} faults=${faults}`,
      ];
      return { lines, failed: failed.length };
    },
  };
}

function count(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
