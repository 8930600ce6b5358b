import PouchDB from 'pouchdb';
import { serve } from '../lib/child.ts';
import { clock } from '../lib/time.ts';
import { location, unitFields } from '../sync/messages.ts';

/** The peer's desk: PouchDB over LevelDB, replicating with the peer's server. */
let db = null;
let remote = null;
const batch = { batch_size: 1000, batches_limit: 10 };
const waiting = new Set();
const seen = new Map();

serve({
  open: async (folder, url, name) => {
    db = new PouchDB(folder);
    remote = new PouchDB(`${url}/${name}`);
    await remote.info();
    db.changes({ since: 'now', live: true, include_docs: true }).on('change', ({ id, doc }) => {
      seen.set(id, doc.location);
      for (const look of waiting) look();
    });
  },
  addUnits: async (count) => {
    const ids = [];
    for (let start = 0; start < count; start += 1000) {
      const docs = Array.from({ length: Math.min(1000, count - start) }, (_, index) => ({
        _id: `unit-${String(start + index).padStart(7, '0')}`,
        ...unitFields('01930000-0000-7000-8000-000000000001', start + index),
      }));
      await db.bulkDocs(docs);
      ids.push(...docs.map((doc) => doc._id));
    }
    return ids;
  },
  /** Replicates in both directions until it is told otherwise. */
  live: () => {
    db.sync(remote, { live: true, retry: true, ...batch });
  },
  push: async () => {
    const began = clock();
    await db.replicate.to(remote, batch);
    return clock() - began;
  },
  pull: async () => {
    const began = clock();
    await db.replicate.from(remote, batch);
    return clock() - began;
  },
  edit: async (ids, seed) => {
    const began = clock();
    for (const [index, id] of ids.entries()) await db.put({ ...(await db.get(id)), location: location(seed + index) });
    return began;
  },
  /** Changes every document, many at once: how the peer's queue is filled. */
  editAll: async (ids, seed) => {
    for (let start = 0; start < ids.length; start += 1000) {
      const { rows } = await db.allDocs({ keys: ids.slice(start, start + 1000), include_docs: true });
      await db.bulkDocs(rows.map(({ doc }, index) => ({ ...doc, location: location(seed + start + index) })));
    }
  },
  count: async () => (await db.info()).doc_count,
  arrived: (ids, seed) =>
    new Promise((resolve) => {
      const look = () => {
        if (!ids.every((id, index) => seen.get(id) === location(seed + index))) return;
        waiting.delete(look);
        resolve(clock());
      };
      waiting.add(look);
      look();
    }),
});
