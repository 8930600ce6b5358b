import type Database from 'better-sqlite3';
import type { StagedFile } from '../../shared/features/files/contract.ts';

/** Remembers files on the disk. One that is known stays as it is: it may be on its way up or confirmed already. */
export function createFileRecorder(
  sqlite: Database.Database,
  now: () => number,
): (file: StagedFile, upload: 'waiting' | null) => void {
  const insert = sqlite.prepare(
    `insert into local_file (sha256, file_name, media_type, size, upload, created_at) values (?, ?, ?, ?, ?, ?)
     on conflict (sha256) do nothing`,
  );
  const use = openFileUse(sqlite, now);
  return (file, upload) => {
    insert.run(file.sha256, file.fileName, file.mediaType, file.size, upload, new Date(now()).toISOString());
    if (upload === 'waiting') use(file.sha256);
  };
}

/** Remembers that a file was used now; it makes room for others after those that were not. */
export function openFileUse(sqlite: Database.Database, now: () => number): (sha256: string) => void {
  const write = sqlite.prepare(
    `insert into file_use (sha256, used_at) values (?, ?)
     on conflict (sha256) do update set used_at = excluded.used_at`,
  );
  return (sha256) => void write.run(sha256, new Date(now()).toISOString());
}
