import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { OperationError } from '../../shared/lib/errors.ts';
import { openMeta } from '../db/meta.ts';
import { openDialect } from './dialect.ts';

function dialect() {
  const sqlite = new Database(':memory:');
  sqlite.exec('create table meta (key text primary key, value text not null)');
  return openDialect(openMeta(sqlite), () => 0);
}

test('a viewer is known by its answers alone: where nothing was asked nothing is learned', async () => {
  const { speak, isSure } = dialect();
  await speak(async () => null);
  expect(isSure(2)).toBe(false);
  await speak(async () => ({ head: 1 }));
  expect(isSure(2)).toBe(true);
});

test('an older viewer is spoken to in its own version', async () => {
  const { speak, isSure, version } = dialect();
  const said: number[] = [];
  await speak(async (protocol) => {
    said.push(protocol);
    if (protocol > 1) throw new OperationError('protocol-too-new', { server: 1 });
    return {};
  });
  expect(said).toEqual([2, 1]);
  expect([version(), isSure(1), isSure(2)]).toEqual([1, true, false]);
});
