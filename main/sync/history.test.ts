import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../shared/lib/errors.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { openHistory, type SyncHistory } from './history.ts';

let folder: string;
let database: DeskDatabase;
let now = Date.UTC(2026, 10, 23, 9);
let history: SyncHistory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
  database = openDatabase({ path: join(folder, 'desk.db'), key: randomBytes(32) });
  history = openHistory(database.sqlite, () => now);
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const minute = 60_000;
const entries = () => history.list(0, 100).rows;
const round = async (work: () => void, milliseconds = 400): Promise<void> => {
  await history.during(async () => {
    work();
    now += milliseconds;
  });
};
const failing = (code: 'viewer-unreachable' | 'offline') =>
  history
    .during(async () => {
      now += 100;
      throw new OperationError(code);
    })
    .catch((error: unknown) => error);

describe('the history of syncs', () => {
  it('holds nothing of rounds that moved nothing', async () => {
    await round(() => {});
    expect(entries()).toEqual([]);
  });

  it('says what was sent, refused and received, and how long it took', async () => {
    await round(() => history.moved({ sent: 3, refused: 1 }), 1500);
    expect(entries()).toMatchObject([{ sent: 3, refused: 1, received: 0, code: null }]);
    const [entry] = entries();
    expect(Date.parse(entry?.endedAt ?? '') - Date.parse(entry?.startedAt ?? '')).toBe(1500);
  });

  it('makes one entry of rounds that follow each other closely, and another one after a pause', async () => {
    await round(() => history.moved({ sent: 1 }));
    now += 30_000;
    await round(() => history.moved({ received: 2 }));
    expect(entries()).toMatchObject([{ sent: 1, received: 2 }]);
    now += 10 * minute;
    await round(() => history.moved({ sent: 5 }));
    expect(entries()).toMatchObject([{ sent: 5 }, { sent: 1, received: 2 }]);
  });

  it('counts files, which move beside the rounds', async () => {
    history.moved({ filesSent: 1, bytesSent: 4096 });
    now += minute / 2;
    history.moved({ filesReceived: 1, bytesReceived: 10 });
    expect(entries()).toMatchObject([{ filesSent: 1, bytesSent: 4096, filesReceived: 1, bytesReceived: 10 }]);
  });

  it('knows how large a file was that moved', () => {
    const put = 'insert into local_file (sha256, file_name, media_type, size, created_at) values (?, ?, ?, ?, ?)';
    database.sqlite.prepare(put).run('a', 'a.pdf', 'application/pdf', 4096, '2026-11-23T09:00:00.000Z');
    history.fileMoved('sent', 'a');
    history.fileMoved('received', 'gone');
    expect(entries()).toMatchObject([{ filesSent: 1, bytesSent: 4096, filesReceived: 1, bytesReceived: 0 }]);
  });

  it('makes one entry of tries that fail for the same reason, however long it lasts', async () => {
    expect(await failing('viewer-unreachable')).toMatchObject({ code: 'viewer-unreachable' });
    const since = entries()[0]?.startedAt;
    now += 90 * minute;
    await failing('viewer-unreachable');
    expect(entries()).toMatchObject([{ tries: 2, code: 'viewer-unreachable', startedAt: since }]);
    expect(history.failingSince()).toBe(since);
  });

  it('begins anew after a success, even one that moved nothing', async () => {
    await failing('viewer-unreachable');
    now += minute;
    await round(() => {});
    expect(history.failingSince()).toBeNull();
    now += minute;
    await failing('viewer-unreachable');
    expect(entries()).toHaveLength(2);
  });

  it('keeps what moved before the line broke', async () => {
    await history
      .during(async () => {
        history.moved({ sent: 500 });
        throw new OperationError('viewer-unreachable');
      })
      .catch(() => undefined);
    expect(entries()).toMatchObject([{ sent: 500, code: 'viewer-unreachable', tries: 1 }]);
  });

  it('says nothing of a round that the end of the program cut off', async () => {
    await history
      .during(async () => {
        throw new OperationError('cancelled');
      })
      .catch(() => undefined);
    expect(entries()).toEqual([]);
  });

  it('forgets what is older than ninety days, and keeps a thousand at the most', async () => {
    await round(() => history.moved({ sent: 1 }));
    now += 91 * 24 * 60 * minute;
    await round(() => history.moved({ sent: 2 }));
    expect(entries()).toMatchObject([{ sent: 2 }]);
    const [newest] = entries();
    database.sqlite
      .prepare(
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1005)
         insert into sync_history (started_at, ended_at) select ?, ? from n`,
      )
      .run(newest?.startedAt, newest?.endedAt);
    now += 5 * minute;
    history.moved({ sent: 1 });
    expect(history.list(0, 1).total).toBe(1000);
  });

  it('goes on after a restart of the program', async () => {
    await failing('offline');
    const again = openHistory(database.sqlite, () => now);
    expect(again.failingSince()).not.toBeNull();
  });
});
