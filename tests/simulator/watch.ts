import type { ViewerOperation } from '../../main/sync/remote.ts';
import type { Output, ParsedInput } from '../../shared/contract/registry.ts';
import type { DeviceCaller } from '../../viewer/server/context.ts';
import type { SimulatedViewer } from './viewer.ts';

type Page = Output<'sync.pull'>;
type Push = ParsedInput<'sync.push'>;

/** Looks at every answer of the viewer while the run goes on. */
export interface Watch {
  readonly answered: (
    name: ViewerOperation,
    input: unknown,
    answer: unknown,
    caller: DeviceCaller | null,
  ) => Promise<void>;
  /** What must never have been seen, each as `name: sentence`. */
  readonly violations: string[];
  /** Pages as they were answered, of the viewer's present history. */
  readonly pages: () => readonly Page[];
  /** Pushes that were answered, of the viewer's present history. */
  readonly pushes: () => readonly {
    readonly caller: DeviceCaller;
    readonly input: Push;
    readonly answer: Output<'sync.push'>;
  }[];
  /** The viewer was put back to an earlier state: what was served before says nothing of what comes. */
  readonly restored: () => void;
}

export function openWatch(world: Pick<SimulatedViewer, 'logged'>): Watch {
  const violations: string[] = [];
  let pages: Page[] = [];
  let pushes: { caller: DeviceCaller; input: Push; answer: Output<'sync.push'> }[] = [];
  /** The furthest cursor that anybody was served, and how many changes stood at or below it. */
  let served = { cursor: 0, changes: 0 };

  const lookBelow = async (organisationId: string): Promise<void> => {
    const { cursor, changes } = served;
    if (cursor === 0) return;
    const there = await world.logged(organisationId, cursor);
    if (served.cursor !== cursor) return;
    if (there > changes)
      violations.push(`sequence-order: ${there - changes} changes became visible below the served cursor ${cursor}`);
    // Fewer where something was erased.
    served = { cursor, changes: there };
  };

  const pulled = async (organisationId: string, input: ParsedInput<'sync.pull'>, page: Page): Promise<void> => {
    await lookBelow(organisationId);
    if (page.reset) return;
    let last = input.cursor;
    for (const { seq } of page.changes) {
      if (seq <= last) violations.push(`page-order: sequence ${seq} after ${last}`);
      last = seq;
    }
    if (page.cursor < last) violations.push(`page-cursor: ${page.cursor} after sequence ${last}`);
    pages.push(page);
    if (page.cursor > served.cursor) {
      const below = await world.logged(organisationId, input.cursor);
      served = { cursor: page.cursor, changes: below + page.changes.length };
    }
  };

  return {
    violations,
    pages: () => pages,
    pushes: () => pushes,
    restored: () => {
      pages = [];
      pushes = [];
      served = { cursor: 0, changes: 0 };
    },
    answered: async (name, input, answer, caller) => {
      if (caller === null) return;
      // A push that is answered with a reset was not judged.
      if (name === 'sync.push' && (answer as Output<'sync.push'>).reset !== true)
        pushes.push({ caller, input: input as Push, answer: answer as Output<'sync.push'> });
      if (name !== 'sync.pull') return;
      await pulled(caller.organisationId, input as ParsedInput<'sync.pull'>, answer as Page);
    },
  };
}
