import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DestinationStream, destination, multistream, pino, type StreamEntry } from 'pino';
import type { DeskLog } from './context.ts';

/** A log file grows to this size (bytes) before the next start puts it aside; one older file is kept. */
const maxLogBytes = 5 * 1024 * 1024;

/** Where lines go besides the file. */
export interface LogOptions {
  /** The file, in a folder that is made where it is missing; none: only the standard error output. */
  readonly file?: { readonly folder: string; readonly name: string };
  /** Lowest level on the standard error output. */
  readonly terminal: 'info' | 'warn' | 'silent';
}

/**
 * Opens the log: one JSON line per event, no values of rows, no names, no addresses. Of an error it keeps the class, the
 * code and the places in the code; its message only where the runtime wrote it, because our own may quote data.
 */
export function openLog(options: LogOptions): DeskLog {
  const streams: StreamEntry[] = [];
  if (options.terminal !== 'silent') streams.push({ level: options.terminal, stream: process.stderr });
  if (options.file !== undefined)
    streams.push({ level: 'info', stream: openFile(options.file.folder, options.file.name) });
  return pino({ base: undefined, serializers: { err: errorFacts } }, multistream(streams));
}

function openFile(folder: string, name: string): DestinationStream {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) renameSync(file, `${file}.1`);
  // Written at once: the lines before a crash are the ones that matter.
  return destination({ dest: file, sync: true, mode: 0o600 });
}

const quotesNoData = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SqliteError', 'OperationError']);

/** What a log may know of an error. */
function errorFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...('code' in error ? { code: error.code } : {}),
    ...(quotesNoData.has(error.name) ? { message: error.message } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: errorFacts(error.cause) } : {}),
  };
}
