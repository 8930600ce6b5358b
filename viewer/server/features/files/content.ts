import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { contentMatches, headBytes } from '../../../../shared/features/files/file-content.ts';
import { allowedKind } from '../../../../shared/features/files/file-kinds.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';

/**
 * The media type of a received file by its name, once its bytes agree. Throws `file-type-not-allowed` for a kind that is
 * not kept and `file-content-mismatch` where name and bytes differ.
 */
export async function checkContent(path: string, name: string): Promise<string> {
  const kind = allowedKind(name);
  if (kind === null) throw new OperationError('file-type-not-allowed', { name });
  const sniffed = (await fileTypeFromFile(path))?.ext;
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    if (!contentMatches(kind, sniffed, buffer.subarray(0, bytesRead))) {
      throw new OperationError('file-content-mismatch', { name });
    }
  } finally {
    await handle.close();
  }
  return kind.mediaType;
}
