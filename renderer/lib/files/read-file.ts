import type { FileRow } from '../../../shared/features/files/contract.ts';
import { call } from '../client.ts';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/**
 * The bytes of a file as a blob of its type; fetched from the viewer first where this desk does not hold them.
 * Rejects with `OperationError` (`offline`, `not-found`, `file-missing`).
 */
export async function readFile(sha256: string, mediaType: string, signal?: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { data, end } = await call('files.read', { sha256, offset });
    const part = bytesOf(data);
    parts.push(part);
    offset += part.length;
    if (end || part.length === 0) return new Blob(parts, { type: mediaType });
  }
}

/** Hands the file to the person: the system asks where to. Rejects like `readFile`. */
export async function saveFile(file: Pick<FileRow, 'sha256' | 'fileName' | 'mediaType'>): Promise<void> {
  const url = URL.createObjectURL(await readFile(file.sha256, file.mediaType));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.fileName;
  link.click();
  // The download has taken the blob by then; releasing it at once would cut it off.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
