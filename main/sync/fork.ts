import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { instantText } from '../../shared/lib/dates.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { metaKeys } from '../db/meta.ts';
import type { MetaStore } from '../service/context.ts';
import type { Remote } from './remote.ts';

const wish = z.strictObject({ id: z.uuid(), token: z.string().min(40) });

/**
 * Remembers that this database is a copy, and with it the token that it will have as a device of its own: made before
 * the viewer is asked, so that asking again after a kill or a lost answer leads to the same device. Takes part in the
 * transaction that is open.
 */
export function wishFork(meta: MetaStore): void {
  if (wishOf(meta) !== null) return;
  meta.set(metaKeys.fork, { id: randomUUID(), token: randomBytes(32).toString('base64url') });
}

function wishOf(meta: MetaStore): z.infer<typeof wish> | null {
  return wish.safeParse(meta.get(metaKeys.fork)).data ?? null;
}

export interface ForkDeps {
  readonly sqlite: Database.Database;
  readonly meta: MetaStore;
  readonly now: () => number;
}

/**
 * Wraps a round: where this database is known to be a copy, it becomes a device of its own before anything is pushed or
 * pulled; where the viewer says so, the next round begins with that. What was written stays with its ids, so that what
 * the other copy has pushed already is recognised.
 * @throws OperationError `device-forked` once for each of the two, so that it is told like everything that interrupts
 *   a round; the next one may begin at once
 */
export function createForking(deps: ForkDeps) {
  const { sqlite, meta } = deps;

  /** Device, token and the whole queue in one transaction; before it everything is as it was. */
  const become = sqlite.transaction((deviceId: string, token: string): void => {
    meta.set(metaKeys.deviceId, deviceId);
    meta.set(metaKeys.token, token);
    meta.set(metaKeys.fork, null);
    meta.set(metaKeys.forkedAt, instantText(deps.now()));
    meta.set(metaKeys.deviceSeq, renumber(sqlite));
  });

  return async (remote: Remote, round: (remote: Remote) => Promise<void>): Promise<void> => {
    const wanted = wishOf(meta);
    if (wanted !== null && (await ask(remote, wanted))) throw new OperationError('device-forked');
    try {
      await round(remote);
    } catch (error) {
      if (error instanceof OperationError && error.code === 'device-forked') wishFork(meta);
      throw error;
    }
  };

  /** False where the viewer is too old to know copies: then it does not mind them either. */
  async function ask(remote: Remote, { id, token }: z.infer<typeof wish>): Promise<boolean> {
    const tokenHash = createHash('sha256').update(token).digest('hex');
    try {
      const { deviceId } = await remote('sync.fork', { protocol: protocolVersion, forkId: id, tokenHash });
      become(deviceId, token);
      return true;
    } catch (error) {
      if (error instanceof OperationError && error.code === 'unknown-operation') return false;
      throw error;
    }
  }
}

/** Numbers the queue from 1, in its order: the new device's own sequence. Answers the last number. */
function renumber(sqlite: Database.Database): number {
  sqlite.exec(`
    create temp table fork_number (old integer primary key, new integer not null);
    insert into fork_number select device_seq, row_number() over (order by device_seq) from outbox;
    update pending_row set device_seq = (select new from fork_number where old = device_seq)
      where device_seq in (select old from fork_number);
    -- Twice, since a number may be taken by a changeset that has not got its new one yet.
    update outbox set device_seq = -(select new from fork_number where old = device_seq);
    update outbox set device_seq = -device_seq;
    drop table fork_number;`);
  return (
    sqlite.prepare<[], { last: number }>('select coalesce(max(device_seq), 0) as last from outbox').get()?.last ?? 0
  );
}
