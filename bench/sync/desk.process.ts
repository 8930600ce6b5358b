import { mkdirSync, statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type BrowserHost, startBrowserHost } from '../../main/hosts/browser.ts';
import type { DeskLog } from '../../main/service/context.ts';
import { deskPlace } from '../../main/service/place.ts';
import { type DeskService, startDeskService } from '../../main/service/service.ts';
import { serve } from '../lib/child.ts';
import { clock } from '../lib/time.ts';
import { fillQueue } from './fill.ts';
import { location } from './messages.ts';

/** A desk as it is delivered, in a process of its own, with a second connection that only looks. */
interface Open {
  readonly service: DeskService;
  readonly folder: string;
  readonly migrationsFolder: string;
}
let look: { readonly file: number; readonly sqlite: Database.Database } | null = null;
let desk: Open | null = null;
let host: BrowserHost | null = null;
let delay: ReturnType<typeof monitorEventLoopDelay> | null = null;
const key = Buffer.alloc(32, 5);

function open(): Open {
  if (desk === null) throw new Error('The desk is not open');
  return desk;
}

async function call(name: string, input: unknown): Promise<unknown> {
  const answer = await open().service.call(name, input, 100);
  if ('error' in answer) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.details)}`);
  return answer.ok;
}

/** Resolves with the time at which the desk had told its windows of a state in which `holds` is true. */
function when(holds: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const now = clock();
      if (!holds()) return;
      off();
      resolve(now);
    };
    const off = open().service.on(look);
    look();
  });
}

/** Resolves with the next thing that the desk tells its windows. */
function next(): Promise<number> {
  return new Promise((resolve) => {
    const off = open().service.on(() => {
      off();
      resolve(clock());
    });
  });
}

const log: DeskLog = {
  info: () => undefined,
  warn: () => undefined,
  error: (facts, message) => void process.stderr.write(`${message} ${String(facts.err ?? '')}\n`),
};

/** A connection to the database that the desk works on now: a bootstrap puts another one in its place. */
function looking(): Database.Database {
  const path = deskPlace(open().folder).database;
  const file = statSync(path).ino;
  if (look?.file === file) return look.sqlite;
  look?.sqlite.close();
  const sqlite = new Database(path, { readonly: true });
  sqlite.pragma("cipher = 'aegis'");
  sqlite.pragma(`key = "x'${key.toString('hex')}'"`);
  look = { file, sqlite };
  return sqlite;
}

function query<T>(text: string, ...values: readonly unknown[]): T | undefined {
  return looking()
    .prepare<unknown[], T>(text)
    .get(...values);
}

function forgetLook(): void {
  look?.sqlite.close();
  look = null;
}

const api = {
  open: async (folder: string, migrationsFolder: string) => {
    mkdirSync(folder, { recursive: true });
    const place = deskPlace(folder);
    const shell = {
      host: 'browser',
      keyProtection: 'file',
      notify: () => undefined,
      openExternal: () => undefined,
      destroyKey: async () => undefined,
    } as const;
    const service = await startDeskService({ ...place, key, shell, log, migrationsFolder });
    desk = { service, folder, migrationsFolder };
  },
  call,
  /** Ends the desk, writes edits to its database as its own writer does, and opens it again: days of work offline. */
  fill: async (ids: readonly string[], count: number) => {
    const { service, folder, migrationsFolder } = open();
    forgetLook();
    await service.stop();
    desk = null;
    fillQueue({ path: deskPlace(folder).database, key, migrationsFolder }, ids, count);
    await api.open(folder, migrationsFolder);
  },
  /** Units with an empty line of text, one deed each. */
  addUnits: async (propertyId: string, count: number) => {
    const ids: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const { id } = (await call('properties.saveUnit', {
        fields: { propertyId, number: `WE ${number}` },
      })) as { id: string };
      ids.push(id);
    }
    return ids;
  },
  /** One deed after the other, each durable before the next; answers when the first began. */
  edit: async (ids: readonly string[], seed: number) => {
    const began = clock();
    for (const [index, id] of ids.entries()) {
      await call('properties.saveUnit', { id, fields: { location: location(seed + index) } });
      // Whoever clicks does not click within one turn of the event loop.
      await breathe();
    }
    return began;
  },
  /** When the desk had all of these edits. */
  arrived: (ids: readonly string[], seed: number) => {
    const last = ids.at(-1) ?? '';
    const wanted = ids.map((_, index) => location(seed + index));
    return when(() => {
      // The last of them first: looking at all each time would slow down what is measured.
      const end = query<{ location: string }>('select location from unit where id = ?', last);
      if (end?.location !== wanted.at(-1)) return false;
      return ids.every(
        (id, index) =>
          query<{ location: string }>('select location from unit where id = ?', id)?.location === wanted[index],
      );
    });
  },
  /** When the desk first answered with so many units of a property. */
  holdsUnits: async (propertyId: string, count: number) => {
    // No second connection: a bootstrap puts another database in the place of this one.
    forgetLook();
    for (;;) {
      const event = next();
      const answer = await open().service.call('properties.get', { id: propertyId }, 100);
      if ('ok' in answer && (answer.ok as { counts: { units: number } }).counts.units >= count) return clock();
      await event;
    }
  },
  /** When nothing waited any more. */
  drained: () => when(() => query<{ n: number }>("select count(*) as n from outbox where state = 'pending'")?.n === 0),
  pending: () => query<{ n: number }>("select count(*) as n from outbox where state = 'pending'")?.n ?? 0,
  /** Longest answer to a list that a window asks for again and again, until nothing waits any more (milliseconds). */
  longestAnswer: async () => {
    let longest = 0;
    while (api.pending() > 0) {
      const asked = clock();
      await call('properties.list', { offset: 0, limit: 50 });
      longest = Math.max(longest, clock() - asked);
      await pause(200);
    }
    return longest;
  },
  watchLoop: () => {
    delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
  },
  /** Longest and 99th percentile of the event loop's blocks since `watchLoop` (milliseconds). */
  loop: () => {
    delay?.disable();
    return { longest: (delay?.max ?? 0) / 1e6, p99: (delay?.percentile(99) ?? 0) / 1e6 };
  },
  /** Serves the desk's windows to a browser. */
  show: async (renderer: string) => {
    host = await startBrowserHost({ service: open().service, renderer, port: 0, log });
    return host.url;
  },
  stop: async () => {
    await host?.stop();
    forgetLook();
    await open().service.stop();
  },
};

/** What a desk's process answers. */
export type DeskApi = typeof api;

serve(api);
