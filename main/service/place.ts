import { join } from 'node:path';

/** Where a desk keeps what, under the one folder that `--data` names: the same in Electron and in the browser host. */
export interface DeskPlace {
  readonly keyFile: string;
  /** Folder of the service: database, files, log. */
  readonly dataDir: string;
  readonly database: string;
  readonly logs: string;
}

/** The places under a data folder. */
export function deskPlace(folder: string): DeskPlace {
  const dataDir = join(folder, 'desk');
  return {
    keyFile: join(folder, 'key.json'),
    dataDir,
    database: join(dataDir, 'desk.sqlite'),
    logs: join(folder, 'logs'),
  };
}
