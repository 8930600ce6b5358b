import { fileChunkBytes, type StagedFile } from '../../../shared/features/files/contract.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { call } from '../client.ts';

function base64Of(slice: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    // A file on a share that went away, or one that another program locked.
    reader.addEventListener('error', () => reject(new OperationError('file-missing')));
    reader.readAsDataURL(slice);
  });
}

interface Staging {
  /** Bytes handed over so far. */
  readonly onProgress?: (sent: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Hands a file over to the desk service in chunks, in order; it is checked, hashed and kept there. Rejects with
 * `OperationError`; an abort throws what was begun away and rejects with `cancelled`.
 */
export async function stageFile(file: File, { onProgress, signal }: Staging = {}): Promise<StagedFile> {
  const { uploadId } = await call('files.stageBegin', { fileName: file.name, size: file.size });
  try {
    for (let offset = 0; offset < file.size; offset += fileChunkBytes) {
      if (signal?.aborted) throw new OperationError('cancelled');
      const slice = file.slice(offset, offset + fileChunkBytes);
      await call('files.stageChunk', { uploadId, offset, data: await base64Of(slice) });
      onProgress?.(Math.min(file.size, offset + fileChunkBytes));
    }
    return await call('files.stageEnd', { uploadId });
  } catch (error) {
    // What was begun is worthless now; that it is already gone must not hide the first error.
    await call('files.stageCancel', { uploadId }).catch(() => undefined);
    throw error;
  }
}
