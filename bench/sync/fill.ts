import { v7 } from 'uuid';
import { type OpenOptions, openDatabase } from '../../main/db/database.ts';
import { metaKeys, metaText, openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { createWriter } from '../../main/db/write.ts';
import { location } from './messages.ts';

/**
 * Fills a desk's queue by the desk's own writer, one deed per edit. Nobody measures this, so it does not wait for the
 * disk; what follows does.
 */
export function fillQueue(place: OpenOptions, ids: readonly string[], count: number): void {
  const database = openDatabase(place);
  const { sqlite } = database;
  sqlite.pragma('synchronous = OFF');
  const meta = openMeta(sqlite);
  const fact = (name: 'organisationId' | 'staffId' | 'deviceId') => metaText(meta, metaKeys[name]) ?? '';
  const writer = createWriter({
    sqlite,
    rows: openRows(sqlite),
    meta,
    identity: () => ({
      organisationId: fact('organisationId'),
      staffId: fact('staffId'),
      deviceId: fact('deviceId'),
    }),
    now: Date.now,
    newId: () => v7(),
    committed: () => undefined,
  });
  for (let index = 0; index < count; index += 1) {
    const id = ids[index % ids.length] ?? '';
    writer.write([{ entity: 'unit', id, set: { location: location(500_000_000 + index) } }]);
  }
  database.close();
}
