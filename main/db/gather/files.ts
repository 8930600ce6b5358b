import { and, asc, desc, eq } from 'drizzle-orm';
import type { FileRow } from '../../../shared/features/files/contract.ts';
import type { Attachment } from '../../../shared/features/files/model.ts';
import type { ReadDatabase } from '../database.ts';
import { entityTables } from '../entity-tables.ts';
import { among, grouped } from '../list.ts';

const { attachment, blob } = entityTables;

/** What tells whether the bytes are on this desk. */
export interface LocalFiles {
  readonly has: (sha256: string) => boolean;
}

/** A file with its place among the parent's files. */
export interface PlacedFile extends FileRow {
  readonly position: number;
}

/** Files by parent: of notices and entries in their order, of documents the current version first (`byVersion`). */
export function filesOf(
  db: ReadDatabase,
  local: LocalFiles,
  parent: Attachment['parent'],
  parentIds: readonly string[],
): ReadonlyMap<string, readonly PlacedFile[]> {
  const rows = db
    .select({
      parentId: attachment.parentId,
      id: attachment.id,
      sha256: attachment.sha256,
      fileName: attachment.fileName,
      mediaType: attachment.mediaType,
      size: attachment.size,
      createdAt: attachment.createdAt,
      position: attachment.position,
      available: blob.id,
    })
    .from(attachment)
    .leftJoin(blob, and(eq(blob.sha256, attachment.sha256), eq(blob.deleted, false)))
    .where(and(among(attachment.parentId, parentIds), eq(attachment.parent, parent), eq(attachment.deleted, false)))
    .orderBy(
      ...(parent === 'document'
        ? [desc(attachment.createdAt), desc(attachment.id)]
        : [asc(attachment.position), asc(attachment.createdAt), asc(attachment.id)]),
    )
    .all();
  const groups = grouped(rows, (row) => row.parentId);
  return new Map(
    [...groups].map(([id, files]) => [
      id,
      files.map(({ parentId: _parentId, available, ...file }) => ({
        ...file,
        uploadPending: available === null,
        local: local.has(file.sha256),
      })),
    ]),
  );
}

/** A file as operations answer it. */
export function fileRowOf({ position: _position, ...file }: PlacedFile): FileRow {
  return file;
}
