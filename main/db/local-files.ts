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
  return (file, upload) =>
    void insert.run(file.sha256, file.fileName, file.mediaType, file.size, upload, new Date(now()).toISOString());
}
