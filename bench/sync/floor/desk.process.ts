import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { serve } from '../../lib/child.ts';
import { clock } from '../../lib/time.ts';
import { location, sampleMessage } from '../messages.ts';

/** The least that a desk is: an encrypted SQLite that keeps messages durably, one transaction each. */
let sqlite: Database.Database | null = null;
let server = '';
let received = 0;
const agent = new Agent({ keepAlive: true });
const waiting = new Set<() => void>();
const sampleRow = '01930000-0000-7000-8000-000000000001';

function keep(messages: readonly string[]): void {
  if (sqlite === null) throw new Error('The floor is not open');
  const insert = sqlite.prepare('insert into message (text) values (?)');
  sqlite.transaction(() => {
    for (const message of messages) insert.run(message);
  })();
}

function post(body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(server, { agent, method: 'POST' }, (response) => {
      response.resume().once('end', resolve);
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Keeps every message as it comes: one durable transaction each, or one for what came together. */
function listen(together: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const incoming = request(`${server}/`, { agent }, (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        const whole = lines.filter((line) => line !== '');
        for (const group of together ? [whole] : whole.map((line) => [line])) {
          if (group.length === 0) continue;
          keep(group);
          received += group.length;
        }
        for (const look of waiting) look();
        resolve();
      });
    });
    incoming.once('error', reject);
    incoming.end();
  });
}

const api = {
  open: async (folder: string, url: string, listens: 'no' | 'one-by-one' | 'together') => {
    server = url;
    sqlite = new Database(join(folder, `${listens}-${process.pid}.db`));
    sqlite.pragma("cipher = 'aegis'");
    sqlite.pragma(`key = "x'${'05'.repeat(32)}'"`);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.exec('create table message (seq integer primary key, text text not null)');
    if (listens !== 'no') await listen(listens === 'together');
  },
  /**
   * Writes messages one after the other, each durable before the next, while a second loop sends what is kept: one
   * message per request, or all that wait. Answers when it began.
   */
  send: async (count: number, together: boolean, seed: number) => {
    const began = clock();
    const queue: string[] = [];
    let written = 0;
    const write = async (): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const message = JSON.stringify(sampleMessage(index + 1, sampleRow, location(seed + index)));
        keep([message]);
        queue.push(message);
        written += 1;
        await breathe();
      }
    };
    const deliver = async (): Promise<void> => {
      while (written < count || queue.length > 0) {
        if (queue.length === 0) await breathe();
        else await post(queue.splice(0, together ? 500 : 1).join('\n'));
      }
    };
    await Promise.all([write(), deliver()]);
    return began;
  },
  /** Sends messages that are kept already, 500 per request, each request settled durably; answers how long it took. */
  drain: async (count: number) => {
    const messages = Array.from({ length: count }, (_, index) =>
      JSON.stringify(sampleMessage(index + 1, sampleRow, location(index))),
    );
    const began = clock();
    for (let start = 0; start < count; start += 500) {
      await post(messages.slice(start, start + 500).join('\n'));
      keep([String(start)]);
    }
    return clock() - began;
  },
  /** When this desk had kept so many. */
  holds: (count: number) =>
    new Promise<number>((resolve) => {
      const look = (): void => {
        if (received < count) return;
        waiting.delete(look);
        resolve(clock());
      };
      waiting.add(look);
      look();
    }),
};

/** What the floor's desk answers. */
export type FloorDeskApi = typeof api;

serve(api);
