import type { ResidentFile } from '../../../shared/features/files/contract.ts';

/** Pictures that every browser shows. */
const pictures: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'];

/** Address under which a browser shows a file instead of saving it. */
export function inlineUrl(file: ResidentFile): string {
  return `${file.url}?inline=1`;
}

/** Whether the file is a picture that this browser shows. */
export function isPicture(file: Pick<ResidentFile, 'mediaType'>): boolean {
  return pictures.includes(file.mediaType);
}
