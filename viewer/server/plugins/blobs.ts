import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ViewerConfig } from '../config.ts';
import type { BlobStore, StoredBlob } from '../context.ts';
import { isBlobAddress, toBlobAddress } from './blobs/address.ts';
import { openS3Store } from './blobs/s3.ts';

/**
 * The storage that the settings ask for.
 * @throws Error with a sentence where a bucket cannot be used
 */
export async function openBlobStore(config: Pick<ViewerConfig, 'dataFolder' | 's3'>): Promise<BlobStore> {
  return config.s3 === null ? createBlobStore(config.dataFolder) : openS3Store(config.s3);
}

/**
 * Files by hash in `folder`, a tree per company: what one company holds says nothing to another. Only hashes become
 * paths, never a name that somebody chose.
 */
export function createBlobStore(folder: string): BlobStore {
  const root = join(folder, 'blobs');
  const pathOf = (organisationId: string, sha256: string) => {
    toBlobAddress(organisationId, sha256);
    return join(root, organisationId, sha256.slice(0, 2), sha256);
  };
  const sizeOf = async (organisationId: string, sha256: string) => (await find(pathOf(organisationId, sha256)))?.size;
  return {
    adopt: async (organisationId, sha256, temporaryPath) => {
      const path = pathOf(organisationId, sha256);
      if ((await find(path)) !== null) return;
      await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
        throw noSpace(error);
      });
      await flush(temporaryPath);
      await place(temporaryPath, path);
      await flush(dirname(path));
    },
    open: async (organisationId, sha256, range) => {
      const path = pathOf(organisationId, sha256);
      if ((await find(path)) === null) throw new OperationError('not-found');
      return createReadStream(path, range);
    },
    size: async (organisationId, sha256) => (await sizeOf(organisationId, sha256)) ?? null,
    has: async (organisationId, sha256) => (await sizeOf(organisationId, sha256)) !== undefined,
    remove: (organisationId, sha256) => rm(pathOf(organisationId, sha256), { force: true }),
    list: () => listFolder(root),
  };
}

async function* listFolder(root: string): AsyncGenerator<StoredBlob> {
  for (const organisationId of await namesIn(root)) {
    for (const shelf of await namesIn(join(root, organisationId))) {
      for (const sha256 of await namesIn(join(root, organisationId, shelf))) {
        const found = isBlobAddress(organisationId, sha256)
          ? await find(join(root, organisationId, shelf, sha256))
          : null;
        if (found !== null) yield { organisationId, sha256, since: found.mtimeMs };
      }
    }
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

async function find(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** The row that says "available" is durable, so the bytes must be before it. */
async function flush(path: string): Promise<void> {
  // Windows cannot open a folder; its rename is durable by its journal.
  if (process.platform === 'win32' && (await stat(path)).isDirectory()) return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the bytes their name; where the disk has no second names it copies beside it, so that no half file has it. */
async function place(from: string, to: string): Promise<void> {
  const linked = await link(from, to).catch((error: NodeJS.ErrnoException) => error);
  if (linked === undefined || linked.code === 'EEXIST') return;
  const beside = `${to}.${randomUUID()}.part`;
  try {
    await copyFile(from, beside, constants.COPYFILE_FICLONE);
    await flush(beside);
    await rename(beside, to);
  } catch (error) {
    await rm(beside, { force: true });
    throw noSpace(error);
  }
}

function noSpace(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new OperationError('disk-full', { at: 'viewer' }) : error;
}
