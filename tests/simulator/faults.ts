import { copyFileSync, cpSync, existsSync } from 'node:fs';
import { OperationError } from '../../shared/lib/errors.ts';
import { startEpochs } from '../../viewer/server/sync/epoch.ts';
import { killPlaces } from './crash.ts';
import { forgetFiles } from './held-files.ts';
import { backUp, putBack } from './restore.ts';
import {
  addDesk,
  crowd,
  filesOf,
  forgetWhatIsNowhere,
  hasFiles,
  lookAfter,
  machineOf,
  place,
  type Run,
  skews,
  start,
} from './run.ts';
import { clientOf, ViewerEnded } from './transactions.ts';

type Fault = (run: Run) => Promise<void> | void;

const most = { desks: 4, restores: 1 } as const;

/** What goes wrong, each with its weight among the faults. */
export const faults: readonly (readonly [number, Fault])[] = [
  [6, killAtCommit],
  [2, killNow],
  [3, setClock],
  [1, cloneDesk],
  [2, restoreDesk],
  [2, fillDisk],
  [4, troubleAtViewer],
  [4, deliverLate],
  [3, restoreViewer],
  [1, eraseRow],
  [1, upgradeDesk],
  [2, wantRows],
];

/** The process of a desk will end before, in or after one of its next commits. */
function killAtCommit(run: Run): void {
  const { desk } = run.random.pick(run.desks);
  desk.armKill(run.random.below(5), run.random.pick(killPlaces));
}

function killNow(run: Run): void {
  const atWork = run.random.pick(run.desks);
  atWork.desk.restart();
  atWork.inRound = false;
  atWork.isFull = false;
  run.note('desk killed');
}

/** Whoever starts the machine again may have set its clock, right or wrong. */
function setClock(run: Run): void {
  const atWork = run.random.pick(run.desks);
  atWork.desk.restart();
  atWork.inRound = false;
  atWork.isFull = false;
  atWork.skew = run.random.pick(skews);
  run.note('clock set');
}

/** Somebody copies the folder of a desk, or its whole machine, and both work on. */
function cloneDesk(run: Run): void {
  const original = run.random.pick(run.desks);
  const version = original.desk.isOld() ? 'old' : 'new';
  const name = `${original.desk.name}-clone`;
  if (run.desks.length >= most.desks || run.desks.some(({ desk }) => desk.name === name)) return;
  const wholeMachine = run.random.once(0.5);
  const copy = place(run, `clone-of-${original.desk.name}.sqlite`);
  original.desk.copy(copy);
  const machine = machineOf(run, original.desk.name);
  if (wholeMachine && existsSync(machine)) copyFileSync(machine, machineOf(run, name));
  if (hasFiles(run) && existsSync(filesOf(run, original.desk.name)))
    cpSync(filesOf(run, original.desk.name), filesOf(run, name), { recursive: true });
  addDesk(run, name, version, copy);
  run.note('desk cloned');
}

/** Somebody keeps a copy of a desk's database, and later puts it back. */
async function restoreDesk(run: Run): Promise<void> {
  const atWork = run.random.pick(run.desks);
  if (atWork.copy === null) {
    atWork.copy = place(run, `copy-of-${atWork.desk.name}.sqlite`);
    atWork.desk.copy(atWork.copy);
    return;
  }
  // A round that is under way belongs to the process that ends here.
  await finishAll(run);
  atWork.desk.putBack(atWork.copy);
  atWork.copy = null;
  atWork.inRound = false;
  atWork.isFull = false;
  await forgetWhatIsNowhere(run);
  run.note('desk restored');
}

/** Everybody to their end, and every desk that ended on the way started again. */
async function finishAll(run: Run): Promise<void> {
  await run.scheduler.finish();
  for (const atWork of run.desks) lookAfter(run, atWork);
}

function fillDisk(run: Run): void {
  const atWork = run.random.pick(run.desks);
  atWork.isFull = !atWork.isFull;
  atWork.desk.fillDisk(atWork.isFull);
  if (atWork.isFull) run.note('disk of a desk full');
}

function troubleAtViewer(run: Run): void {
  run.troubles.push(run.random.pick(['aborted', 'disk-full', 'ended-after-commit']));
}

async function deliverLate(run: Run): Promise<void> {
  if (run.scheduler.size() >= crowd) return;
  const deliver = run.late.shift();
  if (deliver !== undefined) await start(run, 'late request', deliver);
}

/** The viewer's database is put back to its backup; whoever does it says so, or the desks find out. */
async function restoreViewer(run: Run): Promise<void> {
  const { owner, viewer } = run.world;
  const { id } = run.company;
  if (run.backup === null) {
    run.backup = await backUp(owner, id);
    return;
  }
  // A desk of protocol 1 keeps nothing of what it pulled, so it brings nothing back.
  if (run.restores >= most.restores || run.desks.some(({ desk }) => desk.isOld())) return;
  await finishAll(run);
  run.troubles.length = 0;
  await putBack(owner, run.backup);
  await forgetFiles(run);
  const told = run.random.once(0.5);
  // Row-level security keeps the operator's command to this company.
  if (told) await viewer.company(id, ({ tx }) => startEpochs(clientOf(tx), run.time.now));
  run.restores += 1;
  run.watch.restored();
  await forgetWhatIsNowhere(run);
  run.note('viewer restored');
}

/** A manager erases a row for good. */
async function eraseRow(run: Run): Promise<void> {
  const { world, random } = run;
  const [manager] = run.desks;
  const caller = manager?.desk.caller() ?? null;
  const entity = random.pick(['person', 'notice', 'activity'] as const);
  const ids = manager?.desk.ids(entity) ?? [];
  if (caller === null || ids.length === 0 || run.scheduler.size() >= crowd) return;
  const id = random.pick(ids);
  await start(run, 'erasure', async () => {
    await world.handlers['sync.erase'](world.context(caller), { rows: [{ entity, id }] }).then(
      () => run.note('row erased'),
      (error: unknown) => {
        if (!(error instanceof ViewerEnded || error instanceof OperationError)) throw error;
      },
    );
  });
}

function upgradeDesk(run: Run): void {
  const old = run.desks.find(({ desk }) => desk.isOld());
  if (old === undefined) return;
  old.desk.upgrade();
  old.inRound = false;
  run.note('desk upgraded');
}

/** A desk was away for so long that the rows are the shorter way, or somebody asks for them. */
function wantRows(run: Run): void {
  const { desk } = run.random.pick(run.desks);
  if (!desk.isOld()) desk.wantRows(run.random.pick(['far-behind', 'asked'] as const));
}
