import { get } from 'node:http';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import Database from 'better-sqlite3';
import { serve } from '../../lib/child.ts';
import { clock } from '../../lib/time.ts';

/** The least that takes rows: an encrypted SQLite that inserts what COPY says, line by line, in one transaction. */
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '\\': '\\' };

function value(text: string): string | null {
  if (text === '\\N') return null;
  return text.includes('\\') ? text.replace(/\\(.)/g, (_all, sign: string) => escapes[sign] ?? sign) : text;
}

const api = {
  /** Milliseconds from the request to the last byte on the disk. */
  load: async (url: string, folder: string) => {
    const sqlite = new Database(join(folder, 'floor.db'));
    sqlite.pragma("cipher = 'aegis'");
    sqlite.pragma(`key = "x'${'05'.repeat(32)}'"`);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.exec(`create table unit (id text primary key, property_id text, number text, location text, usage text,
      area_hundredths integer, rooms_tenths integer, share_numerator integer, share_denominator integer,
      deleted integer, _clock text)`);
    const insert = sqlite.prepare('insert into unit values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const began = clock();
    let bytes = 0;
    let rows = 0;
    await new Promise<void>((resolve, reject) => {
      get(url, (response) => {
        response.on('data', (piece: Buffer) => {
          bytes += piece.length;
        });
        const lines = response.pipe(createGunzip()).setEncoding('utf8');
        let rest = '';
        sqlite.exec('begin');
        lines.on('data', (piece: string) => {
          const whole = (rest + piece).split('\n');
          rest = whole.pop() ?? '';
          for (const line of whole) insert.run(...line.split('\t').map(value));
          rows += whole.length;
        });
        lines.once('error', reject);
        lines.once('end', () => {
          sqlite.exec('commit');
          resolve();
        });
      }).once('error', reject);
    });
    const milliseconds = clock() - began;
    sqlite.close();
    return { milliseconds, bytes, rows };
  },
};

/** What the floor's desk of rows answers. */
export type CopyDeskApi = typeof api;

serve(api);
