import type { Changeset } from '../../shared/sync/changes.ts';
import type { RowState } from '../../shared/sync/merge.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import type { DeviceCaller } from '../../viewer/server/context.ts';
import { filesHeld } from './held-files.ts';
import { differences, doubleNumbers, doubleNumbersNow, heldTwice, logFaults, lost } from './invariants.ts';
import { firstLine } from './line.ts';
import { hashOf, type Rows } from './rows.ts';
import { addDesk, connect, hasFiles, type Run } from './run.ts';
import type { RunResult } from './simulate.ts';
import type { Watch } from './watch.ts';

/** Holds everything that must be true after a run against what is there. */
export async function judge(run: Run): Promise<Omit<RunResult, 'seed'>> {
  const { world, company, watch } = run;
  const rows = await world.rows(company.id);
  const log = await world.log(company.id);
  const quarantine = await world.refused(company.id);
  const diverged = run.desks.flatMap(({ desk }) =>
    differences(desk.rows(), rows).map((name) => `${desk.name}: ${name}`),
  );
  diverged.push(...(await replayFromStart(run, rows)));
  if (run.seed % loadedEvery === 0) diverged.push(...(await loadedAnew(run, rows)));
  const numbers = run.restores === 0 ? doubleNumbers(log) : doubleNumbersNow(rows);
  const violations = [...watch.violations, ...logFaults(log), ...heldTwice(log, quarantine), ...numbers];
  const erased = erasedRows(rows);
  for (const id of run.messages) {
    if (!erased.has(`entry ${id}`) && !rows.has(`entry ${id}`))
      violations.push(`messages: the acknowledged message ${id} is gone`);
  }
  const kept = [...run.acknowledged].filter(([, change]) => !erased.has(`${change.entity} ${change.entityId}`));
  if (hasFiles(run)) violations.push(...(await filesHeld(run, rows)));
  const missing = lost(new Map(kept), rows, log, quarantine);
  try {
    violations.push(...(await replayAgain(run, rows)));
  } catch (error) {
    violations.push(`replay: ${firstLine(error)}`);
  }
  return {
    changes: log.length,
    acknowledged: run.acknowledged.size + run.messages.size,
    faults: Object.fromEntries(run.faults),
    lost: missing,
    diverged,
    violations,
    hash: hashOf(rows),
  };
}

/** A desk that starts from nothing and reads the whole log must hold the same rows. */
async function replayFromStart(run: Run, rows: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const { world } = run;
  const [first] = run.desks;
  const caller = first?.desk.caller() ?? null;
  if (caller === null) return [];
  const fresh = addDesk(run, 'fresh', 'new').desk;
  for (let cursor = 0; ; ) {
    const page = await world.handlers['sync.pull'](world.context(caller), { protocol: protocolVersion, cursor });
    fresh.applyAgain(page.changes);
    cursor = page.cursor;
    if (!page.more) break;
  }
  run.desks.pop();
  const found = differences(fresh.rows(), rows).map((name) => `full replay: ${name}`);
  fresh.close();
  return found;
}

/** Every so many seeds a new desk loads the rows by a snapshot. */
const loadedEvery = 3;

/** A desk that gets its rows by a snapshot must hold what one holds that has read the whole log. */
async function loadedAnew(run: Run, rows: Rows): Promise<readonly string[]> {
  const [first] = run.desks;
  if (first === undefined) return [];
  const { desk } = addDesk(run, 'loaded', 'new');
  const own = connect(run, first.desk, run.random, 0);
  desk.wantRows('joined');
  await desk.sync(own);
  run.desks.pop();
  const found = differences(desk.rows(), rows).map((name) => `bootstrap: ${name}`);
  desk.close();
  return found;
}

/** Every push and every page a second time: nothing may move. */
async function replayAgain(run: Run, rows: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const { world, company, watch } = run;
  const before = await world.head(company.id);
  const refused = (await world.refused(company.id)).length;
  for (const { caller, protocol, changesets } of together([...watch.pushes()])) {
    await world.handlers['sync.push'](world.context(caller), { protocol, changesets });
  }
  const after = await world.head(company.id);
  const found: string[] = [];
  if (after.head !== before.head)
    found.push(`replay: ${after.head - before.head} changes more after all pushes came again`);
  if ((await world.refused(company.id)).length !== refused)
    found.push('replay: more was refused when all pushes came again');
  const pages = watch.pages();
  for (const { desk } of run.desks) {
    for (const { changes } of pages) desk.applyAgain(changes);
    const moved = differences(desk.rows(), rows);
    if (moved.length > 0) found.push(`replay: ${moved.length} rows of ${desk.name} moved when all pages came again`);
  }
  return found;
}

interface Pushed {
  readonly caller: DeviceCaller;
  readonly protocol: number;
  readonly changesets: Changeset[];
}

/** What each caller pushed during the whole run, in its order. */
function together(pushes: ReturnType<Watch['pushes']>) {
  const callers = new Map<string, Pushed>();
  for (const { caller, input } of pushes) {
    const key = `${caller.deviceId} ${caller.staffId} ${input.protocol}`;
    const known = callers.get(key) ?? { caller, protocol: input.protocol, changesets: [] };
    callers.set(key, known);
    known.changesets.push(...input.changesets);
  }
  return callers.values();
}

/** What was erased for good, as `entity id`. */
function erasedRows(rows: Rows): ReadonlySet<string> {
  const erased = new Set<string>();
  for (const [name, text] of rows) {
    if (!name.startsWith('erasure ')) continue;
    const { fields } = JSON.parse(text) as RowState;
    erased.add(`${String(fields.entity)} ${String(fields.entityId)}`);
  }
  return erased;
}
