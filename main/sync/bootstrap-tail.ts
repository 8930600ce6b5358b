import { OperationError } from '../../shared/lib/errors.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { metaKeys, metaNumber, metaText, openMeta } from '../db/meta.ts';
import { openRows } from '../db/rows.ts';
import { createApply } from './apply.ts';
import type { SnapshotSource } from './bootstrap-fetch.ts';
import type { Building } from './bootstrap-store.ts';
import { createRemote } from './remote.ts';

/** Rows that changed since the snapshot was made, so that nobody sees the desk fall back to it. */
export async function catchUp(building: Building, source: SnapshotSource): Promise<void> {
  const { sqlite } = building.database;
  const own = openMeta(sqlite);
  const apply = createApply({ sqlite, rows: openRows(sqlite), meta: own });
  const remote = createRemote(source.url, source.token, source.signal);
  for (;;) {
    const [cursor, epoch] = [metaNumber(own, metaKeys.cursor, 0), metaText(own, metaKeys.epoch)];
    const page = await remote('sync.pull', {
      protocol: protocolVersion,
      cursor,
      ...(epoch === null ? {} : { epoch }),
    });
    // Restored between the snapshot and now: what was loaded is of a log that is no more.
    if (page.reset) throw new OperationError('not-found');
    apply(page.changes, { epoch: page.epoch, cursor: page.cursor });
    if (!page.more) return;
  }
}
