import { resolve } from 'node:path';

/** The data folder that was asked for, absolute: `--data=<dir>`, else TREPPENHAUS_DATA; null for the system's place. */
export function askedFolder(argument: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const folder = argument || env.TREPPENHAUS_DATA;
  return folder ? resolve(folder) : null;
}
