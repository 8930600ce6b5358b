import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inUse = { code: 'not-possible-now', details: { reason: 'in-use' } };

test('one at a time, and the next one when it is released', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining(inUse));
  lock.release();
  lockFolder(folder).release();
});

test('a process that is killed leaves no lock behind', async () => {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))});
    lockFolder(${JSON.stringify(folder)});
    process.stdout.write('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining(inUse));
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockFolder(folder).release();
});
