import { and, count, eq, gte, isNull, min, sql } from 'drizzle-orm';
import type { Attachment } from '../../../../shared/features/files/model.ts';
import type { Company } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { residentUploadTable } from '../../db/schema.ts';
import { blobTable } from './table.ts';

/** The property of a notice or document, or the activity of an entry; null where the parent is not there. */
export async function readParent(
  company: Company,
  { parent, parentId }: Pick<Attachment, 'parent' | 'parentId'>,
): Promise<{ readonly propertyId: string } | { readonly activityId: string } | null> {
  const { document, entry, notice } = entityTables;
  if (parent === 'entry') {
    const [row] = await company.tx
      .select({ activityId: entry.activityId })
      .from(entry)
      .where(and(eq(entry.organisationId, company.organisationId), eq(entry.id, parentId)));
    return row ?? null;
  }
  const table = parent === 'notice' ? notice : document;
  const [row] = await company.tx
    .select({ propertyId: table.propertyId })
    .from(table)
    .where(and(eq(table.organisationId, company.organisationId), eq(table.id, parentId)));
  return row ?? null;
}

/** What the server measured when it hashed a file; null where it does not hold it. */
export async function readBlob(
  company: Company,
  sha256: string,
): Promise<{ readonly size: number; readonly mediaType: string } | null> {
  const [row] = await company.tx
    .select({ size: blobTable.size, mediaType: blobTable.mediaType })
    .from(blobTable)
    .where(
      and(
        eq(blobTable.organisationId, company.organisationId),
        eq(blobTable.sha256, sha256),
        eq(blobTable.deleted, false),
      ),
    );
  return row ?? null;
}

/**
 * Files of an account that wait for a message, `since` or later, and since when the first one does. Until the
 * transaction ends nobody else counts them, so that many at the same moment are counted too.
 */
export async function countWaiting(
  company: Company,
  accountId: string,
  since: string,
): Promise<{ readonly waiting: number; readonly oldest: string | null }> {
  const table = residentUploadTable;
  await company.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`upload ${accountId}`}, 0))`);
  const waiting = and(
    eq(table.organisationId, company.organisationId),
    eq(table.accountId, accountId),
    isNull(table.usedAt),
    gte(table.createdAt, since),
  );
  const found = { waiting: count(), oldest: min(table.createdAt) };
  const [row] = await company.tx.select(found).from(table).where(waiting);
  return row ?? { waiting: 0, oldest: null };
}

/** Notes a file that waits for its message. */
export async function insertUpload(
  company: Company,
  upload: Omit<typeof residentUploadTable.$inferInsert, 'organisationId'>,
): Promise<void> {
  await company.tx.insert(residentUploadTable).values({ ...upload, organisationId: company.organisationId });
}
