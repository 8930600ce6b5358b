import { join } from 'node:path';

/** Where a desk keeps what, under the one folder that `--data` names: the same in Electron and in the browser host. */
export interface DeskPlace {
  readonly keyFile: string;
  /** Outside the folder of the service, so that a backup of the database alone does not bring it along. */
  readonly incarnationFile: string;
  /** Says that this desk's key and data were deleted on the company's order. */
  readonly wipeFile: string;
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
    incarnationFile: join(folder, 'incarnation.json'),
    wipeFile: join(folder, 'wiped.json'),
    dataDir,
    database: join(dataDir, 'desk.sqlite'),
    logs: join(folder, 'logs'),
  };
}
