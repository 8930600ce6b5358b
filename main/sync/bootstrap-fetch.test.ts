import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import type { SnapshotHead } from '../../shared/sync/snapshot.ts';
import { openDatabase } from '../db/database.ts';
import { metaKeys, openMeta } from '../db/meta.ts';
import { createBootstrap } from './bootstrap.ts';
import { beginSnapshot, type Chunk, snapshotChunks } from './bootstrap-fetch.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A viewer that answers what it is told to. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, token: 'x', signal: new AbortController().signal };
}

const head: SnapshotHead = { id: v7(), epoch: v7(), head: 3, tables: [] };
const texts = ['eins\n', `${randomBytes(200_000).toString('hex')}\n`, 'drei\n'];
const bodies = texts.map((text) => gzipSync(text));
const frame = (chunk: number, body: Buffer, sha256 = createHash('sha256').update(body).digest('hex')) =>
  Buffer.concat([Buffer.from(`${JSON.stringify({ chunk, entity: 'person', bytes: body.length, sha256 })}\n`), body]);
const end = Buffer.from(`${JSON.stringify({ end: true, chunks: 3 })}\n`);
const whole = Buffer.concat([...bodies.map((body, index) => frame(index, body)), end]);

async function collect(
  chunks: AsyncIterable<Chunk>,
): Promise<{ readonly texts: string[]; readonly code: string | null }> {
  const found: string[] = [];
  try {
    for await (const { text } of chunks) found.push(text);
  } catch (error) {
    return { texts: found, code: (error as { code: string }).code };
  }
  return { texts: found, code: null };
}

test('reads chunks whatever the pieces in which they come', async () => {
  const source = await serve(async (_request, response) => {
    for (let at = 0; at < whole.length; at += 9_973) {
      response.write(whole.subarray(at, at + 9_973));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  });
  expect(await collect(snapshotChunks(source, head.id, 0))).toEqual({ texts, code: null });
});

test('hands out what arrived whole before the line broke, and does not take it for all', async () => {
  const cut = whole.subarray(0, whole.length - end.length - 5);
  const source = await serve((_request, response) => response.end(cut));
  expect(await collect(snapshotChunks(source, head.id, 0))).toEqual({
    texts: texts.slice(0, 2),
    code: 'viewer-unreachable',
  });
  const noEnd = await serve((_request, response) => response.end(whole.subarray(0, whole.length - end.length)));
  expect(await collect(snapshotChunks(noEnd, head.id, 0))).toEqual({ texts, code: 'viewer-unreachable' });
});

test('takes no chunk that is not what was hashed, is missing, or is another one', async () => {
  const [first, second] = bodies as [Buffer, Buffer];
  const wrong = [
    frame(0, first, 'ab'.repeat(32)),
    Buffer.concat([frame(1, second), end]),
    end,
    frame(0, Buffer.from('no gzip')),
    Buffer.from('no frame\n'),
  ];
  for (const answer of wrong) {
    const source = await serve((_request, response) => response.end(answer));
    expect(await collect(snapshotChunks(source, head.id, 0))).toEqual({ texts: [], code: 'viewer-unreachable' });
  }
});

test('says what the viewer refuses', async () => {
  const source = await serve((_request, response) =>
    response.writeHead(401).end('{"error":{"code":"device-revoked","details":{}}}'),
  );
  await expect(beginSnapshot(source)).rejects.toMatchObject({ code: 'device-revoked' });
  const gone = await serve((_request, response) => response.writeHead(404).end('nothing here'));
  await expect(beginSnapshot(gone)).rejects.toMatchObject({ code: 'not-found' });
  const busy = await serve((_request, response) => response.writeHead(429, { 'retry-after': '7' }).end());
  await expect(beginSnapshot(busy)).rejects.toMatchObject({ code: 'too-many-requests', seconds: 7 });
});

test('a viewer that knows no snapshots is read by its log', async () => {
  const source = await serve((_request, response) => response.writeHead(404).end('nothing here'));
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-old-'));
  const place = { path: join(folder, 'desk.sqlite'), key: Buffer.alloc(32, 7) };
  const database = openDatabase(place);
  try {
    const meta = openMeta(database.sqlite);
    let givenUp = 0;
    const quiet = () => undefined;
    const bootstrap = createBootstrap({
      sqlite: database.sqlite,
      meta,
      place,
      now: Date.now,
      log: { info: quiet, warn: quiet, error: quiet },
      told: quiet,
      target: () => source,
      replace: () => {
        throw new Error('There is nothing to put in its place');
      },
      givenUp: () => {
        givenUp += 1;
      },
      problem: null,
    });
    bootstrap.want('joined');
    expect(bootstrap.holdsPull()).toBe(true);
    bootstrap.run();
    await bootstrap.settled();
    expect([bootstrap.state(), bootstrap.holdsPull(), givenUp]).toEqual([null, false, 1]);
    meta.set(metaKeys.cursor, 5);
    expect(bootstrap.prefers(1_000_000)).toBe(false);
  } finally {
    database.close();
    await rm(folder, { recursive: true });
  }
});
