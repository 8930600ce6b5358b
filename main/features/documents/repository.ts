import { and, eq, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { fileRowOf, filesOf, type LocalFiles } from '../../db/gather/files.ts';
import { among, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';
import { modelColumns } from '../../db/lookup.ts';

const { attachment, document, documentCategory, property } = entityTables;

type DocumentRow = Output<'documents.get'>;

const columns = {
  ...modelColumns(document),
  propertyNumber: property.number,
  propertyName: property.name,
  categoryName: documentCategory.name,
};

const sorts = {
  title: [textOrder(document.title)],
  property: [textOrder(property.number)],
  category: [textOrder(documentCategory.name)],
  state: [document.state],
  createdAt: [document.createdAt],
  publishedAt: [document.publishedAt],
  period: [document.periodFrom, document.periodTo],
};

const liveProperty = and(eq(property.id, document.propertyId), eq(property.deleted, false));

/** A window of the documents with their versions, the newest first unless told otherwise. */
export function listDocuments(
  db: ReadDatabase,
  files: LocalFiles,
  input: ParsedInput<'documents.list'>,
): Output<'documents.list'> {
  const fileNames = sql`(select group_concat(${attachment.fileName}, ' ') from ${attachment}
    where ${attachment.parentId} = ${document.id} and ${attachment.deleted} = 0)`;
  const where = and(
    input.propertyId === undefined ? undefined : eq(document.propertyId, input.propertyId),
    input.categoryId === undefined ? undefined : eq(document.categoryId, input.categoryId),
    input.state === undefined ? undefined : eq(document.state, input.state),
    searched(input.query, document.title, property.number, property.name, documentCategory.name, fileNames),
  );
  const { total, ids } = windowOf(
    db
      .select({ id: document.id })
      .from(document)
      .innerJoin(property, liveProperty)
      .leftJoin(documentCategory, eq(documentCategory.id, document.categoryId))
      .where(and(eq(document.deleted, false), where))
      .orderBy(...ordered(input.sort, '-createdAt', sorts, document.id)),
    input,
  );
  return { total, rows: documentsBy(db, files, ids) };
}

/**
 * One document with its versions.
 * @throws OperationError `not-found`
 */
export function getDocument(db: ReadDatabase, files: LocalFiles, id: string): DocumentRow {
  const [row] = documentsBy(db, files, [id]);
  if (row === undefined) throw new OperationError('not-found', { field: 'id' });
  return row;
}

function documentsBy(db: ReadDatabase, files: LocalFiles, ids: readonly string[]): DocumentRow[] {
  const rows = db
    .select(columns)
    .from(document)
    .innerJoin(property, liveProperty)
    .leftJoin(documentCategory, eq(documentCategory.id, document.categoryId))
    .where(and(among(document.id, ids), eq(document.deleted, false)))
    .all();
  const versions = filesOf(db, files, 'document', ids);
  return inOrder(ids, rows).map((row) => ({ ...row, versions: (versions.get(row.id) ?? []).map(fileRowOf) }));
}
