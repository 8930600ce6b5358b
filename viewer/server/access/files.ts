import { and, asc, eq, exists, inArray, type SQL } from 'drizzle-orm';
import type { ResidentFile } from '../../../shared/features/files/contract.ts';
import type { Attachment } from '../../../shared/features/files/model.ts';
import type { Company } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';

/** A file as residents see it. */
export function residentFile(company: Pick<Company, 'organisationId'>, file: Attachment): ResidentFile {
  return {
    id: file.id,
    fileName: file.fileName,
    mediaType: file.mediaType,
    size: file.size,
    createdAt: file.createdAt,
    url: `/api/portal/files/${company.organisationId}/${file.id}`,
  };
}

/** Attachments of these parents that the server holds, by parent, in their order. */
export async function readAvailable(
  company: Company,
  parent: Attachment['parent'],
  parentIds: readonly string[],
): Promise<(parentId: string) => readonly Attachment[]> {
  if (parentIds.length === 0) return () => [];
  const { attachment } = entityTables;
  const rows = await selectAvailable(
    company,
    and(eq(attachment.parent, parent), inArray(attachment.parentId, [...parentIds])),
  );
  const byParent = new Map<string, Attachment[]>();
  for (const row of rows) byParent.set(row.parentId, [...(byParent.get(row.parentId) ?? []), row]);
  return (parentId) => byParent.get(parentId) ?? [];
}

/** One attachment that the server holds, whoever may see it; null where there is none. */
export async function readAttachment(company: Company, id: string): Promise<Attachment | null> {
  const [row] = await selectAvailable(company, eq(entityTables.attachment.id, id));
  return row ?? null;
}

function selectAvailable(company: Company, which: SQL | undefined): Promise<readonly Attachment[]> {
  const { attachment, blob } = entityTables;
  const held = company.tx
    .select({ id: blob.id })
    .from(blob)
    .where(
      and(eq(blob.organisationId, company.organisationId), eq(blob.sha256, attachment.sha256), eq(blob.deleted, false)),
    );
  return company.tx
    .select({
      id: attachment.id,
      parent: attachment.parent,
      parentId: attachment.parentId,
      sha256: attachment.sha256,
      fileName: attachment.fileName,
      mediaType: attachment.mediaType,
      size: attachment.size,
      position: attachment.position,
      createdAt: attachment.createdAt,
    })
    .from(attachment)
    .where(
      and(eq(attachment.organisationId, company.organisationId), eq(attachment.deleted, false), which, exists(held)),
    )
    .orderBy(asc(attachment.position), asc(attachment.id));
}
