import { and, eq, inArray, sql } from 'drizzle-orm';
import { instantText } from '../../../shared/lib/dates.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { documentTable } from '../features/documents/table.ts';
import { attachmentTable, blobTable } from '../features/files/table.ts';
import { noticeTable } from '../features/notices/table.ts';
import type { Consequence, ConsequenceContext } from './consequences.ts';

/**
 * Publishes what stands in the publication once everything it needs is here: queued → published when every file of it
 * is available. A file that arrives later publishes what waited for it.
 */
export const publishQueued: Consequence = async (context, committed) => {
  const ids = new Set<string>();
  const hashes = new Set<string>();
  for (const item of committed) {
    if (item.entity === 'document' || item.entity === 'notice') ids.add(item.id);
    if (item.entity === 'attachment') ids.add(String(item.after.fields.parentId));
    if (item.entity === 'blob') hashes.add(String(item.after.fields.sha256));
  }
  if (hashes.size > 0) for (const id of await parentsOf(context, [...hashes])) ids.add(id);
  if (ids.size === 0) return [];
  const waiting = await waitingForFiles(context, [...ids]);
  const publishedAt = instantText(context.now());
  const set = { state: 'published', publishedAt } as const;
  const documents = await queued(context, documentTable, [...ids]);
  const notices = (await queued(context, noticeTable, [...ids])).filter(
    (notice) => !('approval' in notice) || notice.approval === 'not-needed' || notice.approval === 'approved',
  );
  return [
    ...documents.filter(({ id }) => !waiting.has(id)).map(({ id }): Edit => ({ entity: 'document', id, set })),
    ...notices.filter(({ id }) => !waiting.has(id)).map(({ id }): Edit => ({ entity: 'notice', id, set })),
  ];
};

async function queued<T extends typeof documentTable | typeof noticeTable>(
  context: ConsequenceContext,
  table: T,
  ids: readonly string[],
) {
  return context.tx
    .select()
    .from(table as typeof documentTable | typeof noticeTable)
    .where(
      and(
        eq(table.organisationId, context.organisationId),
        inArray(table.id, [...ids]),
        eq(table.state, 'queued'),
        eq(table.deleted, false),
      ),
    );
}

async function parentsOf(context: ConsequenceContext, hashes: readonly string[]): Promise<readonly string[]> {
  const rows = await context.tx
    .selectDistinct({ parentId: attachmentTable.parentId })
    .from(attachmentTable)
    .where(
      and(eq(attachmentTable.organisationId, context.organisationId), inArray(attachmentTable.sha256, [...hashes])),
    );
  return rows.map((row) => row.parentId);
}

async function waitingForFiles(
  context: ConsequenceContext,
  parentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await context.tx
    .selectDistinct({ parentId: attachmentTable.parentId })
    .from(attachmentTable)
    .leftJoin(
      blobTable,
      and(
        eq(blobTable.organisationId, attachmentTable.organisationId),
        eq(blobTable.sha256, attachmentTable.sha256),
        eq(blobTable.deleted, false),
      ),
    )
    .where(
      and(
        eq(attachmentTable.organisationId, context.organisationId),
        inArray(attachmentTable.parentId, [...parentIds]),
        eq(attachmentTable.deleted, false),
        sql`${blobTable.id} is null`,
      ),
    );
  return new Set(rows.map((row) => row.parentId));
}
