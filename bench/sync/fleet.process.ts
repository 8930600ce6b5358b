import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { openDatabase } from '../../main/db/database.ts';
import { openMeta } from '../../main/db/meta.ts';
import { openRows } from '../../main/db/rows.ts';
import { createWriter, type Writer } from '../../main/db/write.ts';
import { openQueue, type SyncQueue } from '../../main/sync/queue.ts';
import { Backpressure, createRemote, type Remote } from '../../main/sync/remote.ts';
import { instantText } from '../../shared/lib/dates.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { serve } from '../lib/child.ts';
import { clock } from '../lib/time.ts';
import { unitFields } from './messages.ts';

/** Many desks in one process, each with its own encrypted database and queue, each paired with the viewer over HTTP. */
interface Desk {
  readonly queue: SyncQueue;
  readonly writer: Writer;
  readonly remote: Remote;
  readonly who: Company;
}

interface Company {
  readonly organisationId: string;
  readonly staffId: string;
}
const desks: Desk[] = [];
const key = Buffer.alloc(32, 9);
const forever = new AbortController().signal;
let pushes = 0;
let sentAway = 0;
/** Every so many pushes are sent a second time at the same moment, as a desk does that lost the answer. */
const doubledEach = 7;

async function pair(url: string, code: string, folder: string, company: Company, founds: boolean): Promise<Desk> {
  const { organisationId, staffId } = company;
  const paired = await createRemote(
    url,
    null,
    forever,
  )('sync.pair', {
    protocol: protocolVersion,
    code,
    deviceName: 'fleet',
    appVersion: '0.1.0',
    organisation: founds ? { id: organisationId, name: 'Hausverwaltung', staffId } : null,
  });
  const { sqlite } = openDatabase({ path: join(folder, `${desks.length}.sqlite`), key });
  const rows = openRows(sqlite);
  const writer = createWriter({
    sqlite,
    rows,
    meta: openMeta(sqlite),
    identity: () => ({ ...company, deviceId: paired.deviceId }),
    now: Date.now,
    newId: () => v7(),
    committed: () => undefined,
  });
  const queue = openQueue(sqlite, rows);
  const desk: Desk = { queue, writer, remote: createRemote(url, paired.token, forever), who: company };
  desks.push(desk);
  return desk;
}

/** Sends a push until the viewer takes it; who is sent away comes again when it was told to. */
async function patiently(remote: Remote, changesets: ReturnType<SyncQueue['next']>) {
  for (;;) {
    try {
      return await remote('sync.push', { protocol: protocolVersion, changesets: [...changesets] });
    } catch (error) {
      if (!(error instanceof Backpressure)) throw error;
      sentAway += 1;
      await pause(error.seconds * 1000 * (0.75 + Math.random() / 2));
    }
  }
}

async function push({ queue, remote }: Desk): Promise<void> {
  for (let batch = queue.next(); batch.length > 0; batch = queue.next()) {
    pushes += 1;
    const twice = pushes % doubledEach === 0;
    const [answer] = await Promise.all([patiently(remote, batch), twice ? patiently(remote, batch) : null]);
    queue.settle(answer.verdicts, instantText(Date.now()));
  }
}

const api = {
  /** Founds a company with its first desk, which pushes who works there. */
  found: async (url: string, code: string, folder: string) => {
    const desk = await pair(url, code, folder, { organisationId: v7(), staffId: v7() }, true);
    desk.writer.write([
      {
        entity: 'staff',
        id: desk.who.staffId,
        set: {
          name: 'Petra Sommer',
          email: 'petra@example.org',
          role: 'manager',
          position: null,
          phone: null,
          photo: null,
          active: true,
        },
      },
    ]);
    await push(desk);
    return desk.who;
  },
  /** A code for another desk of the company that was founded last. */
  invite: async () => {
    const desk = desks.at(-1);
    if (desk === undefined) throw new Error('No desk');
    return (await desk.remote('sync.createPairingCode', { staffId: desk.who.staffId })).code;
  },
  join: (url: string, code: string, folder: string, company: Company) =>
    pair(url, code, folder, company, false).then(() => undefined),
  /** Every desk writes so many units, one deed each; all of it waits then. */
  write: (each: number) => {
    for (const { writer } of desks) {
      const propertyId = v7();
      for (let index = 0; index < each; index += 1) {
        writer.write([{ entity: 'unit', id: v7(), set: unitFields(propertyId, index) }]);
      }
    }
  },
  /** All desks push at once until nothing waits; milliseconds. */
  go: async () => {
    const began = clock();
    await Promise.all(desks.map((desk) => push(desk)));
    return clock() - began;
  },
  sentAway: () => sentAway,
};

/** What a process of many desks answers. */
export type FleetApi = typeof api;

serve(api);
