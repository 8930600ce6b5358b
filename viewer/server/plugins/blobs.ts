import { constants, createReadStream } from 'node:fs';
import { access, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { BlobStore } from '../context.ts';

/**
 * Files by hash in `folder`, a tree per company: what one company holds says nothing to another. Only hashes become
 * paths, never a name that somebody chose.
 */
export function createBlobStore(folder: string): BlobStore {
  const pathOf = (organisationId: string, sha256: string) => {
    if (!/^[0-9a-f-]{36}$/.test(organisationId) || !/^[0-9a-f]{64}$/.test(sha256))
      throw new Error('Not a blob address');
    return join(folder, 'blobs', organisationId, sha256.slice(0, 2), sha256);
  };
  return {
    adopt: async (organisationId, sha256, temporaryPath) => {
      const path = pathOf(organisationId, sha256);
      if (await exists(path)) return rm(temporaryPath, { force: true });
      await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
        throw noSpace(error);
      });
      await flush(temporaryPath);
      await move(temporaryPath, path);
      await flush(dirname(path));
    },
    open: async (organisationId, sha256) => {
      const path = pathOf(organisationId, sha256);
      if (!(await exists(path))) throw new OperationError('not-found');
      return createReadStream(path);
    },
    has: (organisationId, sha256) => exists(pathOf(organisationId, sha256)),
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
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

/** Renames; across file systems it copies beside the target first, so that no half file ever has the name. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw noSpace(error);
    const beside = `${to}.part`;
    try {
      await copyFile(from, beside);
    } catch (copying) {
      await rm(beside, { force: true });
      throw noSpace(copying);
    }
    await flush(beside);
    await rename(beside, to);
    await rm(from, { force: true });
  }
}

function noSpace(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new OperationError('disk-full', { at: 'viewer' }) : error;
}
