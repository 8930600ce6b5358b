import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { allowedKind, looksActive } from '../../../shared/features/files/file-kinds.ts';
import { OperationError } from '../../../shared/lib/errors.ts';

/** Bytes that are looked at where a file has no signature. */
const headBytes = 64 * 1024;
/** A PDF's header may stand anywhere in its first 1,024 bytes (ISO 32000-1, annex H, note 13). */
const pdfHeaderBytes = 1024;

/**
 * Whether the bytes are what the name says; answers the media type. Throws `file-type-not-allowed` for a kind that is not
 * kept and `file-content-mismatch` where name and bytes differ.
 */
export async function checkContent(path: string, fileName: string): Promise<string> {
  const kind = allowedKind(fileName);
  if (kind === null) throw new OperationError('file-type-not-allowed', { fileName });
  const sniffed = (await fileTypeFromFile(path))?.ext;
  if (sniffed !== undefined && kind.signatures.includes(sniffed) && kind.text !== true) return kind.mediaType;
  const head = await readHead(path);
  const right =
    kind.text === true
      ? (sniffed === undefined || kind.signatures.includes(sniffed)) && isText(head) && !looksActive(decode(head))
      : kind.mediaType === 'application/pdf' && head.subarray(0, pdfHeaderBytes).includes('%PDF-');
  if (!right) throw new OperationError('file-content-mismatch', { fileName });
  return kind.mediaType;
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const utf16 = (head: Buffer) => (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

/** Text has no zero bytes, but for UTF-16, which says so with its byte order mark. */
function isText(head: Buffer): boolean {
  return utf16(head) || !head.includes(0);
}

function decode(head: Buffer): string {
  if (!utf16(head)) return head.toString('utf8');
  return (head[0] === 0xff ? head : Buffer.from(head).swap16()).subarray(2).toString('utf16le');
}
