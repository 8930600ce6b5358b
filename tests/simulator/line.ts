import { Backpressure, type Remote, type ViewerOperation } from '../../main/sync/remote.ts';
import { findOperation } from '../../shared/contract/registry.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { DeviceCaller } from '../../viewer/server/context.ts';
import { pushesAtOnce } from '../../viewer/server/sync/gate.ts';
import type { Chance } from './random.ts';
import { gate, scope } from './scope.ts';
import { ViewerEnded } from './transactions.ts';
import type { SimulatedViewer } from './viewer.ts';
import type { Watch } from './watch.ts';

/** A desk's connection to its viewer. */
export type Line = Remote;

interface Options {
  readonly world: SimulatedViewer;
  readonly watch: Watch;
  readonly caller: () => DeviceCaller | null;
  readonly chance: Chance;
  /** How likely each fault is, from 0 to 1. */
  readonly faults: number;
  readonly note: (fault: string) => void;
  /** Keeps a request that arrives when nobody waits for its answer any more. */
  readonly arriveLate: (deliver: () => Promise<void>) => void;
}

/** A line that loses requests, loses answers, brings both twice, brings them late, and is told to come back later. */
export function openLine(options: Options): Line {
  const { world, watch, chance, faults, note } = options;
  const happens = (fault: string): boolean => {
    const so = chance.once(faults);
    if (so) note(fault);
    return so;
  };
  return (async (name: ViewerOperation, input: unknown) => {
    const caller = options.caller();
    const deliver = () => ask(world, watch, caller, name, input);
    await gate('request');
    if (happens('request lost')) throw new OperationError('viewer-unreachable');
    if (happens('told to wait')) throw new Backpressure(5);
    if (happens('request late')) {
      options.arriveLate(() => deliver().then(ignore, ignore));
      throw new OperationError('viewer-unreachable');
    }
    if (happens('request doubled')) await deliver().then(ignore, ignore);
    const answer = await deliver();
    await gate('answer');
    if (happens('answer lost')) throw new OperationError('viewer-unreachable');
    return answer;
  }) as unknown as Line;
}

function ignore(): void {}

/** What HTTP does with a request: text there, schemas at the border, text back. What breaks there is `internal`. */
async function ask(
  world: SimulatedViewer,
  watch: Watch,
  caller: DeviceCaller | null,
  name: ViewerOperation,
  input: unknown,
): Promise<unknown> {
  const definition = findOperation(name);
  if (definition === undefined) throw new Error(`No operation ${name}`);
  const handle = world.handlers[name] as (context: unknown, input: unknown) => Promise<unknown>;
  const sent: unknown = definition.input.parse(JSON.parse(JSON.stringify(input)));
  const leave = await placeFor(name);
  try {
    const answer = await handle(world.context(caller), sent);
    const text: unknown = JSON.parse(JSON.stringify(definition.output.parse(answer)));
    await watch.answered(name, sent, text, caller);
    return text;
  } catch (error) {
    if (error instanceof OperationError) throw error;
    // A commit may have happened all the same: what the desk gets is no answer.
    if (error instanceof ViewerEnded) throw new OperationError('viewer-unreachable');
    watch.violations.push(`${nameOf(error)}: ${name}: ${firstLine(error)}`);
    throw new OperationError('internal');
  } finally {
    leave();
  }
}

/** The invariant that an error of the viewer breaks: nothing that came before may be taken for new. */
function nameOf(error: unknown): string {
  return /duplicate key value violates .*"(?:change_log_change_id|quarantine_)/.test(firstLine(error))
    ? 'taken-twice'
    : 'viewer-error';
}

/** What an error says first, for a report. */
export function firstLine(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return String(cause).split('\n')[0] ?? '';
}

/** The place that a push needs at the viewer, whose gate makes the others wait; answers what gives it back. */
async function placeFor(name: ViewerOperation): Promise<() => void> {
  const run = scope()?.run;
  if (run === undefined || (name !== 'sync.push' && name !== 'sync.recover')) return () => undefined;
  while (run.pushing >= pushesAtOnce) await gate('viewer busy', true);
  run.pushing += 1;
  return () => {
    run.pushing -= 1;
  };
}
