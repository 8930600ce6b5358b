import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoggedChange } from '../../shared/sync/changes.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { openPulled } from './pulled.ts';

const day = 24 * 3600_000;
const start = Date.UTC(2026, 10, 23);
let folder: string;
let database: DeskDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-pulled-'));
  database = openDatabase({ path: join(folder, 'desk.sqlite'), key: Buffer.alloc(32, 1) });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const logged = (changesetId: string, at: number, count = 1): LoggedChange[] =>
  Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    changesetId,
    importId: null,
    author: { kind: 'server' },
    change: { id: v7(), entity: 'topic', entityId: v7(), set: { name: 'x' }, base: {}, hlc: formatHlc(at) },
  }));

/** Ids of all that is offered, request by request. */
function offered(pulled: ReturnType<typeof openPulled>): string[][] {
  const requests: string[][] = [];
  for (let next = pulled.after(0); next !== null; next = pulled.after(next.position))
    requests.push(next.changesets.map(({ id }) => id));
  return requests;
}

it('offers whole changesets in the order of their arrival, as many at a time as a push may hold', () => {
  const pulled = openPulled(database.sqlite);
  const ids = [v7(), v7(), v7()];
  for (const id of ids) pulled.keep(logged(id, start, 200));
  pulled.keep(logged(ids[0] ?? '', start));
  expect(offered(pulled)).toEqual([ids.slice(0, 2), ids.slice(2)]);
  expect(pulled.after(0)?.changesets[0]?.changes).toHaveLength(200);
});

it('forgets what is older than 60 days by the clocks of the log, whatever this desk’s or an author’s own clock said', () => {
  const pulled = openPulled(database.sqlite);
  const [old, behind, young] = [v7(), v7(), v7()];
  pulled.keep(logged(old, start));
  pulled.keep(logged(young, start + 61 * day));
  pulled.keep(logged(behind, start - 1000 * day));
  pulled.prune();
  expect(offered(pulled)).toEqual([[young, behind]]);
});
