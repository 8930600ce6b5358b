import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OperationError } from '../../shared/lib/errors.ts';
import { openLog } from './log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openLog({ terminal: 'silent', file: { folder: join(folder, 'logs'), name: 'desk.log' } });
const read = () => readFileSync(join(folder, 'logs', 'desk.log'), 'utf8');
const lastLine = () => JSON.parse(read().trim().split('\n').at(-1) ?? '') as Record<string, unknown>;

test('lines are written at once, readable by this user alone', () => {
  open().warn({ operation: 'people.list', bytes: 7 }, 'oversized input');
  expect(lastLine()).toMatchObject({ level: 40, operation: 'people.list', bytes: 7, msg: 'oversized input' });
  if (process.platform !== 'win32') expect(statSync(join(folder, 'logs', 'desk.log')).mode & 0o077).toBe(0);
});

test('an error of our own does not bring the data it quotes', () => {
  const error = new Error('Unexpected value: {"name":"Erika Musterfrau"}', {
    cause: new SyntaxError('Unexpected token E in "Erika Musterfrau"'),
  });
  open().error({ err: error }, 'operation failed');
  expect(read()).not.toContain('Musterfrau');
  const line = lastLine();
  expect(line).toMatchObject({ err: { type: 'Error', cause: { type: 'SyntaxError' } } });
  expect(JSON.stringify(line)).toContain('log.test.ts');
});

test('what the runtime says of a mistake in the code is kept, and the code of an expected failure', () => {
  const log = open();
  log.error({ err: new TypeError('x is not a function') }, 'operation failed');
  expect(lastLine()).toMatchObject({ err: { type: 'TypeError', message: 'x is not a function' } });
  log.error({ err: new OperationError('disk-full', { fileName: 'Musterfrau.pdf' }) }, 'service did not start');
  expect(lastLine()).toMatchObject({ err: { type: 'OperationError', code: 'disk-full' } });
  expect(read()).not.toContain('Musterfrau');
  log.error({ err: 'a text that somebody threw' }, 'operation failed');
  expect(lastLine()).toMatchObject({ err: { type: 'string' } });
});

test('a log that has grown is put aside at the next start', () => {
  open().info({}, 'first');
  truncateSync(join(folder, 'logs', 'desk.log'), 5 * 1024 * 1024 + 1);
  writeFileSync(join(folder, 'logs', 'desk.log.1'), 'older');
  open().info({}, 'second');
  expect(readdirSync(join(folder, 'logs'))).toEqual(['desk.log', 'desk.log.1']);
  expect(lastLine()).toMatchObject({ msg: 'second' });
});
