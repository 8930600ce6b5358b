/** What a file is to the eye. The type is for the icon only; whether a file is accepted the server decides. */
export type FileKind =
  | 'pdf'
  | 'image'
  | 'document'
  | 'spreadsheet'
  | 'presentation'
  | 'archive'
  | 'mail'
  | 'video'
  | 'audio'
  | 'text'
  | 'other';

const extensions: Readonly<Record<string, FileKind>> = {
  pdf: 'pdf',
  doc: 'document',
  docx: 'document',
  odt: 'document',
  rtf: 'document',
  xls: 'spreadsheet',
  xlsx: 'spreadsheet',
  ods: 'spreadsheet',
  csv: 'spreadsheet',
  ppt: 'presentation',
  pptx: 'presentation',
  odp: 'presentation',
  zip: 'archive',
  '7z': 'archive',
  rar: 'archive',
  eml: 'mail',
  msg: 'mail',
  txt: 'text',
  md: 'text',
  xml: 'text',
};

/** The kind of a file by its media type, and by its extension where that says more. */
export function fileKind(mediaType: string, fileName: string): FileKind {
  if (mediaType === 'application/pdf') return 'pdf';
  if (mediaType.startsWith('image/')) return 'image';
  if (mediaType.startsWith('video/')) return 'video';
  if (mediaType.startsWith('audio/')) return 'audio';
  const dot = fileName.lastIndexOf('.');
  const byName = dot < 0 ? undefined : extensions[fileName.slice(dot + 1).toLowerCase()];
  if (byName !== undefined) return byName;
  return mediaType.startsWith('text/') ? 'text' : 'other';
}

/** Limits of a place where files can be added. */
export interface FileLimits {
  /** Bytes of one file. */
  readonly maxBytes: number;
  /** Files in all, those already there included. */
  readonly maxFiles?: number;
}

interface Candidate {
  readonly name: string;
  readonly size: number;
}

export type FileProblem =
  | { readonly code: 'file-empty' | 'file-too-large' | 'file-type-not-allowed'; readonly name: string }
  /** More files than fit; `left` is how many of them were not taken. */
  | { readonly code: 'too-many'; readonly left: number };

/** Which of the chosen files fit, in their order, and what is wrong with the others. One bad file never costs a good one. */
export function sortFiles<File extends Candidate>(
  files: readonly File[],
  limits: FileLimits,
  alreadyThere = 0,
): { readonly accepted: readonly File[]; readonly problems: readonly FileProblem[] } {
  const fitting: File[] = [];
  const problems: FileProblem[] = [];
  for (const file of files) {
    if (file.size === 0) problems.push({ code: 'file-empty', name: file.name });
    else if (file.size > limits.maxBytes) problems.push({ code: 'file-too-large', name: file.name });
    else fitting.push(file);
  }
  const room = limits.maxFiles === undefined ? fitting.length : Math.max(0, limits.maxFiles - alreadyThere);
  if (fitting.length > room) problems.push({ code: 'too-many', left: fitting.length - room });
  return { accepted: fitting.slice(0, room), problems };
}
