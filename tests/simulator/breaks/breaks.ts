import type pg from 'pg';
import type { RoundDeps } from '../../../main/sync/round.ts';
import type { CommitDeps } from '../../../viewer/server/sync/commit.ts';
import type { Line } from '../line.ts';
import type { SimulatedViewer } from '../viewer.ts';
import { bareSequence } from './bare-sequence.ts';
import { cursorFirst } from './cursor-first.ts';
import { noBase } from './no-base.ts';
import { skipDedupe } from './skip-dedupe.ts';

/** A mistake on purpose: it proves that the simulator sees it. It comes in through seams and is in no build. */
export interface Break {
  /** Over the viewer's commit. */
  readonly commit?: (owner: pg.Pool) => Pick<CommitDeps, 'takeHead' | 'readKnown'>;
  /** Over a desk's round. */
  readonly round?: (deps: RoundDeps) => Pick<RoundDeps, 'apply'>;
  /** Over what a desk sends. */
  readonly line?: (world: Pick<SimulatedViewer, 'viewer'>, organisationId: () => string, line: Line) => Line;
}

export const breaks = {
  'bare-sequence': bareSequence,
  'cursor-first': cursorFirst,
  'no-base': noBase,
  'skip-dedupe': skipDedupe,
} as const satisfies Readonly<Record<string, Break>>;

export type BreakName = keyof typeof breaks;

/** Whether there is a mistake of this name. */
export function isBreakName(name: string): name is BreakName {
  return Object.hasOwn(breaks, name);
}
