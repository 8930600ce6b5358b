import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoggedChange } from '../../shared/sync/changes.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { openMeta } from '../db/meta.ts';
import { openDialect } from './dialect.ts';
import { beginLogGap, createLogGap } from './log-gap.ts';
import { openPulled } from './pulled.ts';
import type { Remote } from './remote.ts';

const epoch = uuid(900_000);
let folder: string;
let database: DeskDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-gap-'));
  database = openDatabase({ path: join(folder, 'desk.sqlite'), key: Buffer.alloc(32, 1) });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function uuid(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** Change `seq` of a log in which every changeset has one. */
function logged(seq: number): LoggedChange {
  return {
    seq,
    changesetId: uuid(seq),
    importId: null,
    author: { kind: 'account', accountId: uuid(1_000_000) },
    change: {
      id: uuid(100_000 + seq),
      entity: 'topic',
      entityId: uuid(200_000),
      set: { name: `${seq}` },
      base: {},
      hlc: formatHlc(Date.UTC(2026, 0, 1) + seq),
    },
  };
}

/** A viewer that holds a log of `head` changes and answers `size` at a time; `calls` says from where it was asked. */
function viewer(head: number, size: number) {
  const calls: number[] = [];
  const remote = (async (_name: string, input: { readonly cursor: number; readonly epoch: string }) => {
    calls.push(input.cursor);
    const last = Math.min(head, input.cursor + size);
    const changes = Array.from({ length: last - input.cursor }, (_, index) => logged(input.cursor + index + 1));
    const reset = input.epoch !== epoch;
    return { epoch, head, reset, changes: reset ? [] : changes, cursor: last, more: last < head };
  }) as unknown as Remote;
  return { remote, calls };
}

function parts() {
  const { sqlite } = database;
  const meta = openMeta(sqlite);
  const pulled = openPulled(sqlite);
  return { sqlite, meta, pulled, dialect: openDialect(meta, () => Date.UTC(2026, 0, 2)) };
}

const history = (pulled: ReturnType<typeof openPulled>) =>
  (pulled.after(0)?.changesets ?? []).map(({ changes }) => Number(changes[0]?.set.name));

test('what loading rows skipped comes into the history, in the order of the log, before what came since', async () => {
  const { sqlite, meta, pulled, dialect } = parts();
  pulled.keep([logged(1), logged(2)]);
  sqlite.transaction(() => beginLogGap(sqlite, meta, { epoch, from: 2, to: 9 }))();
  pulled.keep([logged(10), logged(11)]);
  const fetchSkipped = createLogGap({ sqlite, meta, pulled, dialect });
  const { remote, calls } = viewer(11, 3);
  await fetchSkipped(remote);
  expect(history(pulled)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(calls).toEqual([2, 5, 8]);
  await fetchSkipped(remote);
  expect(calls).toHaveLength(3);
});

test('it goes on where it stopped, and a second loading leaves a gap of its own', async () => {
  const { sqlite, meta, pulled, dialect } = parts();
  sqlite.transaction(() => beginLogGap(sqlite, meta, { epoch, from: 0, to: 8 }))();
  pulled.keep([logged(9)]);
  const fetchSkipped = createLogGap({ sqlite, meta, pulled, dialect });
  const { remote, calls } = viewer(14, 1);
  await fetchSkipped(remote);
  expect(history(pulled)).toEqual([1, 2, 3, 4, 5, 9]);
  sqlite.transaction(() => beginLogGap(sqlite, meta, { epoch, from: 9, to: 12 }))();
  pulled.keep([logged(13)]);
  for (let round = 0; round < 2; round += 1) await fetchSkipped(remote);
  expect(history(pulled)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(calls).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11]);
});

test('a viewer of another epoch is asked once and takes nothing away', async () => {
  const { sqlite, meta, pulled, dialect } = parts();
  pulled.keep([logged(1)]);
  sqlite.transaction(() => beginLogGap(sqlite, meta, { epoch: uuid(7), from: 1, to: 5 }))();
  const { remote, calls } = viewer(5, 2);
  await createLogGap({ sqlite, meta, pulled, dialect })(remote);
  expect(history(pulled)).toEqual([1]);
  expect(calls).toEqual([1]);
});
