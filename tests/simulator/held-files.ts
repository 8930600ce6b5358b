import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { blobId } from '../../shared/features/files/model.ts';
import type { RowState } from '../../shared/sync/merge.ts';
import type { Rows } from './rows.ts';
import { place, type Run } from './run.ts';

function blobFolder(run: Run): string {
  return join(place(run, 'viewer'), 'blobs', run.company.id);
}

/** What is told to be available must be there as its hash says; what a desk has must have arrived, if a row refers to it. */
export async function filesHeld(run: Run, rows: Rows): Promise<readonly string[]> {
  const found: string[] = [];
  const live = (name: string): RowState | null => {
    const text = rows.get(name);
    const state = text === undefined ? null : (JSON.parse(text) as RowState);
    return state === null || state.fields.deleted === true || state.clock.groups?.deleted !== undefined ? null : state;
  };
  for (const name of rows.keys()) {
    const sha256 = String(live(name)?.fields.sha256);
    if (name.startsWith('blob ') && live(name) !== null) {
      const path = join(blobFolder(run), sha256.slice(0, 2), sha256);
      const bytes = existsSync(path) ? await readFile(path) : null;
      const hash = bytes === null ? 'nothing' : createHash('sha256').update(bytes).digest('hex');
      if (hash !== sha256) found.push(`files: ${sha256} is told to be available, and ${hash} is there`);
    }
    if (!name.startsWith('attachment ') || live(name) === null || live(`blob ${blobId(sha256)}`) !== null) continue;
    for (const { desk } of run.desks) {
      const filing = await desk.filing();
      if (filing?.has(sha256) === true) found.push(`files: ${sha256} is on ${desk.name} and never arrived`);
    }
  }
  return found;
}

/** A backup of the viewer holds the files of its rows, and none that came later. */
export async function forgetFiles(run: Run): Promise<void> {
  const { rows } = await run.world.owner.query<{ sha256: string }>(
    'select sha256 from blob where organisation_id = $1',
    [run.company.id],
  );
  const kept = new Set(rows.map((row) => row.sha256));
  const folder = blobFolder(run);
  if (!existsSync(folder)) return;
  for (const shelf of await readdir(folder))
    for (const sha256 of await readdir(join(folder, shelf)))
      if (!kept.has(sha256)) await rm(join(folder, shelf, sha256));
}
