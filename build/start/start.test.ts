import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPort, readOptions } from './options.ts';
import { openSession } from './session.ts';

describe('arguments of npm start', () => {
  test.each([
    [[], { fresh: false, port: defaultPort }],
    [['--fresh'], { fresh: true, port: defaultPort }],
    [['--port', '8080', '--fresh'], { fresh: true, port: 8080 }],
    [['--port=9000'], { fresh: false, port: 9000 }],
  ])('%j', (args, expected) => {
    expect(readOptions(args)).toEqual(expected);
  });

  test.each([[['--port', 'x']], [['--port', '80']], [['--port', '65536']], [['--port']], [['--frsh']], [['extra']]])(
    '%j is refused with the usage',
    (args) => {
      expect(() => readOptions(args)).toThrow('Usage: npm start');
    },
  );
});

describe('the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'treppenhaus-session-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a session keeps it until it is asked to empty it', async () => {
    await mkdir(join(folder, 'desk'));
    await writeFile(join(folder, 'desk/data'), 'x');
    await (await openSession(folder)).end();
    expect(await readdir(folder)).toEqual(['desk']);
    const session = await openSession(folder);
    await session.clear();
    expect(await readdir(folder)).toEqual(['running.pid']);
    await session.end();
  });

  test('a running start keeps others out, a dead one does not, nor a process that is something else', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'build/start.ts']);
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(join(folder, 'running.pid'), String(other.pid));
    await expect(openSession(folder)).rejects.toThrow('already running');
    other.kill();
    await once(other, 'exit');
    await (await openSession(folder)).end();
    await writeFile(join(folder, 'running.pid'), String(stranger.pid));
    await (await openSession(folder)).end();
    stranger.kill();
  });
});
