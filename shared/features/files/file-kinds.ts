import { fileExtension } from './file-name.ts';

/**
 * A kind of file that may be kept. `signatures` are the names of the sniffer (package `file-type`) that such a file may
 * have; `text` marks files without a signature.
 */
export interface FileKind {
  readonly mediaType: string;
  readonly signatures: readonly string[];
  readonly text?: true;
}

const ooxml = 'application/vnd.openxmlformats-officedocument';
const odf = 'application/vnd.oasis.opendocument';
const text = (mediaType: string, ...signatures: readonly string[]): FileKind => ({ mediaType, signatures, text: true });
const binary = (mediaType: string, ...signatures: readonly string[]): FileKind => ({ mediaType, signatures });

/**
 * What may be kept, by extension. Not here, on purpose: programs and scripts, HTML and SVG (they run scripts where they
 * are shown), office files with macros.
 */
const kinds: Readonly<Record<string, FileKind>> = {
  pdf: binary('application/pdf', 'pdf'),
  jpg: binary('image/jpeg', 'jpg'),
  jpeg: binary('image/jpeg', 'jpg'),
  png: binary('image/png', 'png', 'apng'),
  gif: binary('image/gif', 'gif'),
  webp: binary('image/webp', 'webp'),
  bmp: binary('image/bmp', 'bmp'),
  tif: binary('image/tiff', 'tif'),
  tiff: binary('image/tiff', 'tif'),
  heic: binary('image/heic', 'heic', 'heif'),
  heif: binary('image/heif', 'heic', 'heif'),
  avif: binary('image/avif', 'avif'),
  docx: binary(`${ooxml}.wordprocessingml.document`, 'docx'),
  xlsx: binary(`${ooxml}.spreadsheetml.sheet`, 'xlsx'),
  pptx: binary(`${ooxml}.presentationml.presentation`, 'pptx'),
  doc: binary('application/msword', 'cfb'),
  xls: binary('application/vnd.ms-excel', 'cfb'),
  ppt: binary('application/vnd.ms-powerpoint', 'cfb'),
  odt: binary(`${odf}.text`, 'odt'),
  ods: binary(`${odf}.spreadsheet`, 'ods'),
  odp: binary(`${odf}.presentation`, 'odp'),
  rtf: binary('application/rtf', 'rtf'),
  zip: binary('application/zip', 'zip'),
  msg: binary('application/vnd.ms-outlook', 'cfb'),
  eml: text('message/rfc822', 'eml'),
  txt: text('text/plain'),
  csv: text('text/csv'),
  tsv: text('text/tab-separated-values'),
  ics: text('text/calendar', 'ics'),
  vcf: text('text/vcard', 'vcf'),
  xml: text('application/xml', 'xml'),
};

/** The kind of a file name; null where such files are not kept. */
export function allowedKind(fileName: string): FileKind | null {
  const extension = fileExtension(fileName);
  return Object.hasOwn(kinds, extension) ? (kinds[extension] ?? null) : null;
}

/**
 * Whether a text looks like what runs or is shown as a page: markup, or a script that names its interpreter.
 * @param head the first characters
 */
export function looksActive(head: string): boolean {
  const start = head
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 1000)
    .toLowerCase();
  if (start.startsWith('#!')) return true;
  const markup = start.replace(/^<\?xml[^>]*>\s*/, '').replace(/^(<!--[\s\S]*?-->\s*)+/, '');
  return /^<(!doctype\s+(html|svg)|html|head|body|script|svg|iframe|object|\?php)/.test(markup);
}
