/** One measured number beside what it is held against. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The least that the same work costs on this machine, in the same run and unit. */
  readonly floor: number | null;
  /** A peer doing the same, in the same run and unit. */
  readonly peer: number | null;
  /** value / floor. */
  readonly ratioToFloor: number | null;
  /** peer / value: how many times less than the peer. */
  readonly ratioToPeer: number | null;
}

/** What a bench prints with. */
export type Print = (name: string, value: number, unit: string, beside?: Beside) => void;

interface Beside {
  readonly floor?: number | null;
  readonly peer?: number | null;
}

/** Prints a line of JSON; the ratios come from the rounded numbers that stand beside them. */
export function printer(write: (text: string) => void): Print {
  return (name, value, unit, beside = {}) => {
    const [own, floor, peer] = [value, beside.floor ?? null, beside.peer ?? null].map((number) =>
      number === null ? null : rounded(number),
    );
    const line: Line = {
      name,
      value: own ?? 0,
      unit,
      floor: floor ?? null,
      peer: peer ?? null,
      ratioToFloor: ratio(value, beside.floor),
      ratioToPeer: ratio(beside.peer, value),
    };
    write(`${JSON.stringify(line)}\n`);
  };
}

function ratio(over: number | null | undefined, under: number | null | undefined): number | null {
  return over === null || over === undefined || !under ? null : rounded(over / under);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** The value that a share of the samples does not exceed (nearest rank); `share` between 0 and 1. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new Error('Nothing was measured');
  return found;
}

/** The middle of several repetitions. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}
