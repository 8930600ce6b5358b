import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StagedFile } from '../../../shared/features/files/contract.ts';
import { fileChunkBytes } from '../../../shared/features/files/contract.ts';
import { maxFileBytes } from '../../../shared/features/files/model.ts';
import type { ErrorCode } from '../../../shared/lib/errors.ts';
import { type FileStore, type FileStoreOptions, openFileStore } from './store.ts';

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

let dataDir: string;
let recorded: { file: StagedFile; upload: 'waiting' | null }[];
let store: FileStore;

const openStore = (extra: Partial<FileStoreOptions> = {}) =>
  openFileStore({
    dataDir,
    newId: randomUUID,
    recordFile: (file, upload) => recorded.push({ file, upload }),
    ...extra,
  });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'treppenhaus-files-'));
  recorded = [];
  store = await openStore();
});

afterEach(async () => {
  await store.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const staged = () => readdirSync(join(dataDir, 'staging'));

async function stage(name: string, bytes: Buffer): Promise<StagedFile> {
  const { uploadId } = await store.begin(name, bytes.length);
  for (let offset = 0; offset < bytes.length; offset += fileChunkBytes) {
    await store.chunk(uploadId, offset, bytes.subarray(offset, offset + fileChunkBytes));
  }
  return store.end(uploadId);
}

const refuses = (work: Promise<unknown>, code: ErrorCode) => expect(work).rejects.toMatchObject({ code });

describe('staging', () => {
  test('keeps the bytes under their hash, records them for upload and leaves nothing behind', async () => {
    const bytes = Buffer.concat([pdf, Buffer.alloc(2 * fileChunkBytes + 7, ' ')]);
    const file = await stage('Hausordnung 2026.pdf', bytes);
    expect(file).toEqual({
      sha256: sha(bytes),
      fileName: 'Hausordnung 2026.pdf',
      mediaType: 'application/pdf',
      size: bytes.length,
    });
    expect(recorded).toEqual([{ file, upload: 'waiting' }]);
    expect(store.path(file.sha256)).toBe(join(dataDir, 'blobs', file.sha256.slice(0, 2), file.sha256));
    expect(readFileSync(store.path(file.sha256)).equals(bytes)).toBe(true);
    expect(store.has(file.sha256)).toBe(true);
    expect(staged()).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(store.path(file.sha256)).mode & 0o077).toBe(0);
  });

  test('the same bytes under two names are one blob', async () => {
    const first = await stage('a.pdf', pdf);
    const { ino } = statSync(store.path(first.sha256));
    const second = await stage('b.pdf', pdf);
    expect(second).toEqual({ ...first, fileName: 'b.pdf' });
    expect(statSync(store.path(first.sha256)).ino).toBe(ino);
    expect(recorded).toHaveLength(2);
    expect(staged()).toEqual([]);
  });

  test('reads back in chunks until the end', async () => {
    const bytes = Buffer.concat([pdf, Buffer.alloc(fileChunkBytes, 'x')]);
    const { sha256 } = await stage('lang.pdf', bytes);
    const first = await store.readChunk(sha256, 0);
    expect([first.data.length, first.size, first.end]).toEqual([fileChunkBytes, bytes.length, false]);
    const second = await store.readChunk(sha256, fileChunkBytes);
    expect(second.end).toBe(true);
    expect(Buffer.concat([first.data, second.data]).equals(bytes)).toBe(true);
    expect(await store.readChunk(sha256, bytes.length + 5)).toMatchObject({ size: bytes.length, end: true });
  });

  test('a file that is not here is said to be missing', () => refuses(store.readChunk(sha(pdf), 0), 'file-missing'));

  test('chunks out of order, beyond the announced size or empty are refused, and the upload goes on', async () => {
    const { uploadId } = await store.begin('a.pdf', pdf.length);
    await refuses(store.chunk(uploadId, 3, pdf.subarray(3)), 'invalid-input');
    await refuses(store.chunk(uploadId, 0, Buffer.concat([pdf, pdf])), 'invalid-input');
    await refuses(store.chunk(uploadId, 0, Buffer.alloc(0)), 'invalid-input');
    await store.chunk(uploadId, 0, pdf.subarray(0, 9));
    await refuses(store.end(uploadId), 'invalid-input');
    await store.chunk(uploadId, 9, pdf.subarray(9));
    await expect(store.end(uploadId)).resolves.toMatchObject({ sha256: sha(pdf) });
  });

  test('chunks sent without waiting are kept in their order', async () => {
    const { uploadId } = await store.begin('a.pdf', pdf.length);
    const answers = await Promise.allSettled([
      store.chunk(uploadId, 0, pdf.subarray(0, 10)),
      store.chunk(uploadId, 10, pdf.subarray(10)),
      store.chunk(uploadId, 10, pdf.subarray(10)),
      store.end(uploadId),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  test('a cancelled upload is gone, also while it is written', async () => {
    const { uploadId } = await store.begin('a.pdf', pdf.length);
    const writing = store.chunk(uploadId, 0, pdf);
    await store.cancel(uploadId);
    await writing;
    await refuses(store.end(uploadId), 'not-found');
    await store.cancel(uploadId);
    await store.cancel(randomUUID());
    expect(staged()).toEqual([]);
    expect(recorded).toEqual([]);
  });

  test('what an earlier run left half-staged is cleared at the start; blobs stay', async () => {
    const { sha256 } = await stage('a.pdf', pdf);
    writeFileSync(join(dataDir, 'staging', 'left-over'), 'half a file');
    const again = await openStore();
    expect(staged()).toEqual([]);
    expect(again.has(sha256)).toBe(true);
    await again.stop();
  });

  test('a mistake that opens file after file is stopped', async () => {
    for (let count = 0; count < 200; count++) await store.begin(`${count}.pdf`, 10);
    await refuses(store.begin('one-more.pdf', 10), 'too-many-requests');
  });
});

describe('bad files', () => {
  test('0 bytes', () => refuses(store.begin('leer.pdf', 0), 'file-empty'));
  test('2 GB', async () => {
    const refused = store.begin('film.pdf', 2 * 1024 ** 3);
    await expect(refused).rejects.toMatchObject({ code: 'file-too-large', details: { limit: maxFileBytes } });
  });
  test.each(['setup.exe', 'a.svg', 'a.html', 'a.js', 'a.docm', 'a.bat', 'README', '.pdf', 'a.pdf.lnk'])(
    'the kind of %s is not kept',
    async (name) => {
      await refuses(store.begin(name, 10), 'file-type-not-allowed');
      expect(staged()).toEqual([]);
    },
  );
  test.each(['', ' ', '..', 'a/', '\\', 'a\u0000.pdf', 'a\n.pdf', 'rechnung\u202efdp.exe', '\ud800.pdf'])(
    'the name %j is refused',
    (name) => refuses(store.begin(name, 10), 'file-name-invalid'),
  );
  test.each([
    ['a program', 'rechnung.pdf', Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(200)])],
    ['a page', 'rechnung.pdf', Buffer.from('<!DOCTYPE html><script>alert(1)</script>')],
    ['an image', 'a.png', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)])],
    ['a page', 'liste.csv', Buffer.from('\ufeff <html><body>x</body></html>')],
    ['a drawing', 'liste.xml', Buffer.from('<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a script', 'notiz.txt', Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['bytes', 'notiz.txt', Buffer.from([0x41, 0, 0, 1, 2, 3])],
    ['a page in UTF-16', 'notiz.txt', Buffer.from('\ufeff<html>', 'utf16le')],
    ['an archive', 'brief.docx', Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64')],
  ])('%s called %s is found out and thrown away', async (_what, name, bytes) => {
    await refuses(stage(name, bytes), 'file-content-mismatch');
    expect(staged()).toEqual([]);
    expect(recorded).toEqual([]);
  });
  test.each([
    ['liste.csv', Buffer.from('Nr;Größe\n1;65,5\n', 'latin1'), 'text/csv'],
    ['liste.csv', Buffer.from('\ufeffNr;Größe\n', 'utf16le'), 'text/csv'],
    ['mail.eml', Buffer.from('From: a@example.org\r\nSubject: x\r\n\r\nHallo'), 'message/rfc822'],
    ['notiz.txt', Buffer.from('a < b; <fett>'), 'text/plain'],
    ['scan.PDF', Buffer.concat([Buffer.from('\r\n\r\n'), pdf]), 'application/pdf'],
    [
      'umsatz.xml',
      Buffer.from('<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>'),
      'application/xml',
    ],
    ['leer.zip', Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64'), 'application/zip'],
  ])('%s is kept', async (name, bytes, mediaType) => {
    await expect(stage(name, bytes)).resolves.toMatchObject({ mediaType });
  });
});

describe('a full disk', () => {
  test('is said, and half a file is not kept', async () => {
    let room = 20;
    const full = await openStore({
      writeAt: async (handle, data, position) => {
        const fits = Math.min(room, data.length);
        await handle.write(data, 0, fits, position);
        room -= fits;
        if (fits < data.length) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      },
    });
    const { uploadId } = await full.begin('a.pdf', pdf.length);
    await full.chunk(uploadId, 0, pdf.subarray(0, 15));
    await expect(full.chunk(uploadId, 15, pdf.subarray(15))).rejects.toMatchObject({
      code: 'disk-full',
      details: { fileName: 'a.pdf' },
    });
    await refuses(full.end(uploadId), 'not-found');
    expect(staged()).toEqual([]);
    expect(readdirSync(join(dataDir, 'blobs'))).toEqual([]);
    expect(recorded).toEqual([]);
    await full.stop();
  });
});

describe('fetched files', () => {
  const file: StagedFile = { sha256: sha(pdf), fileName: 'a.pdf', mediaType: 'application/pdf', size: pdf.length };

  test('are taken over when the hash is right', async () => {
    const path = store.partialPath(file.sha256);
    writeFileSync(path, pdf);
    await store.adopt(path, file);
    expect(store.has(file.sha256)).toBe(true);
    expect(recorded).toEqual([{ file, upload: null }]);
    expect(staged()).toEqual([]);
  });

  test('are thrown away when it is not', async () => {
    const path = store.partialPath(file.sha256);
    writeFileSync(path, Buffer.concat([pdf.subarray(0, -1), Buffer.from('!')]));
    await refuses(store.adopt(path, file), 'file-content-mismatch');
    expect(store.has(file.sha256)).toBe(false);
    expect(staged()).toEqual([]);
    expect(recorded).toEqual([]);
  });
});
