import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the renderer's build. */
export interface RendererFile {
  readonly body: Buffer;
  readonly mediaType: string;
  /** Its name holds a hash of its content, so it never changes. */
  readonly immutable: boolean;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const notThere: ReadonlySet<unknown> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR']);

/**
 * Reads a file of the renderer by the path of an address. A path without an extension is a screen of the app and answers
 * its page. Null for what is not there, not of a known type, or outside the folder.
 */
export async function readRendererFile(folder: string, pathname: string): Promise<RendererFile | null> {
  const parts = decode(pathname)?.split('/').filter(Boolean);
  if (parts?.every((part) => /^[\w@.-]+$/.test(part) && !part.startsWith('.')) !== true) return null;
  const extension = extname(parts.at(-1) ?? '');
  const name = extension === '' ? ['index.html'] : parts;
  const mediaType = mediaTypes[extension === '' ? '.html' : extension];
  if (mediaType === undefined) return null;
  const body = await readFile(join(folder, ...name)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && notThere.has(error.code)) return null;
    throw error;
  });
  return body === null ? null : { body, mediaType, immutable: name[0] === 'assets' };
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
