import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { contentMatches, headBytes } from '../../../shared/features/files/file-content.ts';
import { allowedKind } from '../../../shared/features/files/file-kinds.ts';
import { OperationError } from '../../../shared/lib/errors.ts';

/**
 * Whether the bytes are what the name says; answers the media type. Throws `file-type-not-allowed` for a kind that is not
 * kept and `file-content-mismatch` where name and bytes differ.
 */
export async function checkContent(path: string, fileName: string): Promise<string> {
  const kind = allowedKind(fileName);
  if (kind === null) throw new OperationError('file-type-not-allowed', { fileName });
  const sniffed = (await fileTypeFromFile(path))?.ext;
  if (!contentMatches(kind, sniffed, await readHead(path)))
    throw new OperationError('file-content-mismatch', { fileName });
  return kind.mediaType;
}

async function readHead(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
