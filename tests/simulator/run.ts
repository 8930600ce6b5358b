import { join } from 'node:path';
import type { Change } from '../../shared/sync/changes.ts';
import type { Company } from './actions.ts';
import type { Break } from './breaks/breaks.ts';
import { openSimulatedDesk, type SimulatedDesk, type Version } from './desk.ts';
import { openViewerHttp, type ViewerHttp } from './http.ts';
import { firstLine, openLine } from './line.ts';
import { loadingPoints } from './loading.ts';
import type { Connection } from './network.ts';
import type { Chance } from './random.ts';
import type { CompanyBackup } from './restore.ts';
import { type RunScope, within } from './scope.ts';
import type { SimulatedViewer } from './viewer.ts';
import type { Watch } from './watch.ts';

/** A desk with what surrounds it: its clock, its copies, the round it is in. */
export interface DeskAtWork {
  readonly desk: SimulatedDesk;
  /** How far its clock is off (milliseconds). */
  skew: number;
  /** Whether a round is under way. */
  inRound: boolean;
  /** Rounds that began: what ends in a process that was killed says nothing of the next one's. */
  rounds: number;
  /** A copy of its database that somebody keeps; null for none. */
  copy: string | null;
  isFull: boolean;
}

/** Everything one run knows. */
export interface Run extends RunScope {
  readonly seed: number;
  readonly world: SimulatedViewer;
  readonly mistake: Break | null;
  readonly folder: string;
  readonly template: string;
  readonly random: Chance;
  readonly company: Company;
  readonly watch: Watch;
  readonly desks: DeskAtWork[];
  /** Fault → how often. */
  readonly faults: Map<string, number>;
  /** What people at desks were told is kept, by change id. */
  readonly acknowledged: Map<string, Change>;
  /** Messages of residents that the viewer acknowledged. */
  readonly messages: Set<string>;
  /** Requests that have not arrived yet though nobody waits for them. */
  readonly late: (() => Promise<void>)[];
  backup: CompanyBackup | null;
  restores: number;
  /** The viewer's routes, once somebody has asked them. */
  http: Promise<ViewerHttp> | null;
}

/** Most who work at once: each may hold a connection to the database. */
export const crowd = 4;

/** How far the clocks of desks are off (milliseconds): right, four years behind, three years ahead, an hour. */
export const skews = [0, -4 * 365 * 24 * 3600_000, 3 * 365 * 24 * 3600_000, 3600_000] as const;

/** Adds a desk that starts from a database, on a machine of its own. */
export function addDesk(run: Run, name: string, version: Version, template = run.template): DeskAtWork {
  const machine = machineOf(run, name);
  const chance = run.random.fork();
  const atWork: DeskAtWork = {
    desk: openSimulatedDesk({
      name,
      folder: run.folder,
      template,
      world: run.world,
      mistake: run.mistake,
      chance,
      now: () => run.time.now + atWork.skew,
      version,
      machine,
      files: hasFiles(run) && version === 'new' ? filesOf(run, name) : null,
    }),
    skew: run.random.pick(skews),
    inRound: false,
    rounds: 0,
    copy: null,
    isFull: false,
  };
  run.desks.push(atWork);
  return atWork;
}

/** In every so many runs desks have files: they cost as much as everything else together. */
export function hasFiles({ seed }: Pick<Run, 'seed'>): boolean {
  return seed % 4 === 0;
}

/** Where the files of a desk lie. */
export function filesOf(run: Run, name: string): string {
  return place(run, `${name}.files`);
}

/** The file outside of its database that knows which desk runs on this machine. */
export function machineOf(run: Run, name: string): string {
  return place(run, `${name}.machine`);
}

/** A file of this run's own. */
export function place(run: Run, name: string): string {
  return join(run.folder, name);
}

/** Somebody's work, as an actor who can be made to wait at gates; resolves when they wait or have ended. */
export function start(run: Run, name: string, work: (chance: Chance) => Promise<void>): Promise<void> {
  const chance = run.random.fork();
  return run.scheduler.start(name, (actor) => within({ run, chance, actor }, () => work(chance)));
}

/** A desk's connection to the viewer. @param faults how likely each fault is, from 0 to 1 */
export function connect(
  run: Run,
  desk: SimulatedDesk,
  chance: Chance,
  faults: number,
  laneFaults = faults,
): Connection {
  const { world, watch, note } = run;
  const arriveLate = (deliver: () => Promise<void>) => void run.late.push(deliver);
  const { caller } = desk;
  return {
    caller,
    chance,
    faults,
    laneFaults,
    note,
    line: openLine({ world, watch, caller, chance, faults, note, arriveLate }),
    http: () => {
      run.http ??= openViewerHttp(world, place(run, 'viewer'));
      return run.http;
    },
    violated: (text) => void watch.violations.push(`${text} (${desk.name})`),
  };
}

/** Starts a round of a desk over a line with faults. */
export function startRound(run: Run, atWork: DeskAtWork, faults: number): Promise<void> {
  const { desk } = atWork;
  atWork.inRound = true;
  atWork.rounds += 1;
  const mine = atWork.rounds;
  return start(run, desk.name, async (chance) => {
    const killAt = chance.once(0.2) ? chance.pick(loadingPoints) : null;
    await syncDesk(run, desk, connect(run, desk, chance, faults, 0.12), killAt);
    if (atWork.rounds === mine) atWork.inRound = false;
  });
}

/** One round; what nothing expects to end it is held against the run. */
export async function syncDesk(
  run: Run,
  desk: SimulatedDesk,
  over: Connection,
  killAt: Parameters<SimulatedDesk['sync']>[1] = null,
): Promise<void> {
  try {
    await desk.sync(over, killAt);
  } catch (error) {
    run.watch.violations.push(`desk-error: ${desk.name}: ${firstLine(error)}`);
  }
}

/** Takes note of what this desk's people were told is kept, and starts its process again where it ended. */
export function lookAfter(run: Run, atWork: DeskAtWork): void {
  if (atWork.desk.isDead()) {
    run.note('desk killed');
    atWork.desk.revive();
    atWork.inRound = false;
    atWork.isFull = false;
  }
  for (const change of atWork.desk.newlyQueued()) run.acknowledged.set(change.id, change);
}

/** What no disk holds any more cannot come back: after a restore that is what nobody has. */
export async function forgetWhatIsNowhere(run: Run): Promise<void> {
  const { id } = run.company;
  const somewhere = new Set<string>();
  for (const { desk } of run.desks)
    for (const { changes } of desk.queued()) for (const change of changes) somewhere.add(change.id);
  const log = await run.world.log(id);
  for (const { change } of log) somewhere.add(change.id);
  for (const { changes } of await run.world.refused(id)) for (const change of changes) somewhere.add(change.id);
  for (const change of run.acknowledged.keys()) if (!somewhere.has(change)) run.acknowledged.delete(change);
  const rows = new Set(log.map((row) => row.entityId));
  // A desk that had pulled it brings it back.
  for (const { desk } of run.desks) for (const id of desk.ids('entry')) rows.add(id);
  for (const message of run.messages) if (!rows.has(message)) run.messages.delete(message);
}
