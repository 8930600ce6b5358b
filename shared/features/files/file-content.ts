import { type FileKind, looksActive } from './file-kinds.ts';

/** Bytes of the beginning that `contentMatches` wants to see. */
export const headBytes = 64 * 1024;
/** A PDF's header may stand anywhere in its first 1,024 bytes (ISO 32000-1, annex H, note 13). */
const pdfHeaderBytes = 1024;

/**
 * Whether bytes are what their name says.
 * @param kind by the extension
 * @param sniffed what the signature says (`file-type`); undefined where there is none
 * @param head the first `headBytes`
 */
export function contentMatches(kind: FileKind, sniffed: string | undefined, head: Uint8Array): boolean {
  if (kind.text === true) {
    const plain = sniffed === undefined || kind.signatures.includes(sniffed);
    return plain && isText(head) && !looksActive(decode(head));
  }
  if (sniffed !== undefined) return kind.signatures.includes(sniffed);
  return kind.mediaType === 'application/pdf' && !looksActive(decode(head)) && holdsPdfHeader(head);
}

function holdsPdfHeader(head: Uint8Array): boolean {
  return latin1(head.subarray(0, pdfHeaderBytes)).includes('%PDF-');
}

const littleEndian = (head: Uint8Array) => head[0] === 0xff && head[1] === 0xfe;
const bigEndian = (head: Uint8Array) => head[0] === 0xfe && head[1] === 0xff;

/** Text has no zero bytes, but for UTF-16, which says so with its byte order mark. */
function isText(head: Uint8Array): boolean {
  return littleEndian(head) || bigEndian(head) || !head.includes(0);
}

/** As far as it takes to see markup, which is ASCII: other characters may come out wrong. */
function decode(head: Uint8Array): string {
  if (littleEndian(head)) return latin1(head.subarray(2).filter((_, index) => index % 2 === 0));
  if (bigEndian(head)) return latin1(head.subarray(2).filter((_, index) => index % 2 === 1));
  const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return latin1(hasMark ? head.subarray(3) : head);
}

function latin1(bytes: Uint8Array): string {
  let result = '';
  for (const byte of bytes) result += String.fromCharCode(byte);
  return result;
}
