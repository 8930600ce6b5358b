import { createHash, randomUUID } from 'node:crypto';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { blobId } from '../../../../shared/features/files/model.ts';
import type { Edit } from '../../../../shared/sync/edit.ts';
import { idOf, row } from '../../../../tests/access/rows.ts';
import { startTestS3, type TestS3 } from '../../../../tests/setup/s3.ts';
import { startTestViewer, type TestViewer } from '../../../../tests/setup/viewer.ts';
import { organisationHeadTable, residentUploadTable } from '../../db/schema.ts';
import { keepBlob } from './keep.ts';
import { blobTable } from './table.ts';
import { removeUnusedBlobs } from './unused.ts';

const day = 24 * 3600_000;

describe.each(['folder', 'bucket'])('unused files of a %s', (kind) => {
  let s3: TestS3;
  let viewer: TestViewer;
  let org: string;
  beforeAll(async () => {
    s3 = await startTestS3();
    viewer = await startTestViewer(kind === 'folder' ? {} : s3.environment);
  });
  afterAll(async () => {
    await viewer?.stop();
    await s3?.stop();
  });
  beforeEach(async () => {
    org = randomUUID();
    await viewer.viewer.company(org, ({ tx }) =>
      tx
        .insert(organisationHeadTable)
        .values({ organisationId: org, epoch: randomUUID(), head: 0, lastActivityNumber: 0 }),
    );
  });

  const write = (...edits: readonly Edit[]) =>
    viewer.viewer.company(org, (company) => company.write({ kind: 'server' }, edits));
  const available = (sha256: string): Edit =>
    ({ ...row('blob', sha256, { sha256, mediaType: 'text/plain', size: 3 }), id: blobId(sha256) }) as Edit;

  async function bytes(): Promise<{ readonly sha256: string; readonly path: string }> {
    const content = randomUUID();
    const path = join(viewer.dataFolder, randomUUID());
    await writeFile(path, content);
    return { sha256: createHash('sha256').update(content).digest('hex'), path };
  }
  async function keep(): Promise<string> {
    const { sha256, path } = await bytes();
    await keepBlob(viewer.viewer, org, sha256, path, (company) =>
      company.write({ kind: 'server' }, [available(sha256)]),
    );
    return sha256;
  }
  const waits = (sha256: string, used = false) =>
    viewer.viewer.company(org, ({ tx }) =>
      tx.insert(residentUploadTable).values({
        organisationId: org,
        id: randomUUID(),
        accountId: idOf('account'),
        sha256,
        fileName: 'a.txt',
        mediaType: 'text/plain',
        size: 3,
        createdAt: new Date(viewer.viewer.now()).toISOString(),
        usedAt: used ? new Date(viewer.viewer.now()).toISOString() : null,
      }),
    );
  const isHere = async (sha256: string) => {
    const rows = await viewer.viewer.company(org, ({ tx }) =>
      tx
        .select()
        .from(blobTable)
        .where(eq(blobTable.id, blobId(sha256))),
    );
    return { bytes: await viewer.viewer.blobs.has(org, sha256), row: rows.some(({ deleted }) => !deleted) };
  };
  const [here, gone] = [
    { bytes: true, row: true },
    { bytes: false, row: false },
  ];

  test('go after two days, what a row refers to stays', async () => {
    const [attached, deleted, photo, logo, portrait, given, left] = await Promise.all(Array.from({ length: 7 }, keep));
    if (!attached || !deleted || !photo || !logo || !portrait || !given || !left) throw new Error('seven files');
    await write(
      row('attachment', 'attached', { sha256: attached }),
      row('attachment', 'deleted', { sha256: deleted }),
      { ...row('property', randomUUID(), { photo }), id: randomUUID() } as Edit,
      { ...row('organisation', 'company', { logo }), id: org } as Edit,
      { ...row('staff', randomUUID(), { photo: portrait }), id: randomUUID() } as Edit,
    );
    await write({ entity: 'attachment', id: idOf('deleted'), set: { deleted: true } });
    await waits(given);
    await removeUnusedBlobs(viewer.viewer);
    for (const sha256 of [attached, deleted, photo, logo, portrait, given, left])
      expect(await isHere(sha256)).toEqual(here);
    viewer.forward(2 * day + 60_000);
    const late = await bytes();
    await keepBlob(viewer.viewer, org, late.sha256, late.path, (company) =>
      company.write({ kind: 'server' }, [available(late.sha256)]),
    );
    await waits(late.sha256);
    await removeUnusedBlobs(viewer.viewer);
    for (const sha256 of [attached, deleted, photo, logo, portrait, late.sha256])
      expect(await isHere(sha256)).toEqual(here);
    for (const sha256 of [given, left]) expect(await isHere(sha256)).toEqual(gone);
    const uploads = await viewer.viewer.company(org, ({ tx }) =>
      tx.select().from(residentUploadTable).where(eq(residentUploadTable.organisationId, org)),
    );
    expect(uploads.map(({ sha256 }) => sha256)).toEqual([late.sha256]);
  });

  test('bytes without any row go, as a crash between the two leaves them', async () => {
    const { sha256, path } = await bytes();
    await viewer.viewer.blobs.adopt(org, sha256, path);
    viewer.forward(2 * day + 60_000);
    await removeUnusedBlobs(viewer.viewer);
    expect(await isHere(sha256)).toEqual(gone);
  });

  test('a file that comes again while it is removed is there in the end, with its row', async () => {
    const sha256 = await keep();
    viewer.forward(2 * day + 60_000);
    const { blobs } = viewer.viewer;
    const remove = blobs.remove;
    let again: Promise<unknown> = Promise.resolve();
    const path = join(viewer.dataFolder, randomUUID());
    // Its bytes are still found by whoever brings it now; a moment later they are gone.
    const spy = vi.spyOn(blobs as { remove: typeof remove }, 'remove').mockImplementation(async (company, hash) => {
      again = keepBlob(viewer.viewer, org, sha256, path, ({ write: put }) =>
        put({ kind: 'server' }, [{ entity: 'blob', id: blobId(sha256), set: { deleted: false } }]),
      );
      await vi.waitFor(() => expect(adopted).toHaveBeenCalled());
      await adopted.mock.results[0]?.value;
      return remove(company, hash);
    });
    const adopted = vi.spyOn(blobs as { adopt: typeof blobs.adopt }, 'adopt');
    await writeFile(path, await bytesOf(sha256));
    await removeUnusedBlobs(viewer.viewer);
    await again;
    expect(spy).toHaveBeenCalledOnce();
    expect(adopted).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();
    expect(await isHere(sha256)).toEqual(here);
    await expect(access(path)).resolves.toBeUndefined();
  });

  async function bytesOf(sha256: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of await viewer.viewer.blobs.open(org, sha256)) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  }
});
