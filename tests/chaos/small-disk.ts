import { execFile } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own that can be filled to the last byte. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all room that is left but for these bytes. */
  readonly fill: (but?: number) => void;
  /** Gives it back. */
  readonly empty: () => void;
  readonly stop: () => Promise<void>;
}

/** Mounts one in memory; null where this user may not mount, as in a container without that right. */
export async function openSmallDisk(megabytes: number): Promise<SmallDisk | null> {
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-small-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'none', folder]);
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
  await chmod(folder, 0o755);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (but = 0) => {
      const file = openSync(ballast, 'a');
      try {
        for (const size of [1 << 20, 1 << 12]) while (take(file, size));
        if (but > 0) ftruncateSync(file, Math.max(0, fstatSync(file).size - but));
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    stop: async () => {
      // Whoever still has a file open there keeps it until its end; nobody new finds it.
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Whether so many bytes still found room; part of them may have. */
function take(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
