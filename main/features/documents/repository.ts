import { and, count, eq, type SQL, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { fileRowOf, filesOf, type LocalFiles } from '../../db/gather/files.ts';
import { ordered, searched, textOrder } from '../../db/list.ts';
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

function selected(db: ReadDatabase, where: SQL | undefined) {
  return db
    .select(columns)
    .from(document)
    .innerJoin(property, and(eq(property.id, document.propertyId), eq(property.deleted, false)))
    .leftJoin(documentCategory, eq(documentCategory.id, document.categoryId))
    .where(and(eq(document.deleted, false), where));
}

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
  const rows = selected(db, where)
    .orderBy(...ordered(input.sort, '-createdAt', sorts, document.id))
    .limit(input.limit)
    .offset(input.offset)
    .all();
  const total = db
    .select({ total: count() })
    .from(document)
    .innerJoin(property, and(eq(property.id, document.propertyId), eq(property.deleted, false)))
    .leftJoin(documentCategory, eq(documentCategory.id, document.categoryId))
    .where(and(eq(document.deleted, false), where))
    .get();
  return { total: total?.total ?? 0, rows: withVersions(db, files, rows) };
}

/**
 * One document with its versions.
 * @throws OperationError `not-found`
 */
export function getDocument(db: ReadDatabase, files: LocalFiles, id: string): DocumentRow {
  const [row] = withVersions(db, files, selected(db, eq(document.id, id)).all());
  if (row === undefined) throw new OperationError('not-found', { field: 'id' });
  return row;
}

function withVersions<T extends { readonly id: string }>(db: ReadDatabase, files: LocalFiles, rows: readonly T[]) {
  const versions = filesOf(
    db,
    files,
    'document',
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, versions: (versions.get(row.id) ?? []).map(fileRowOf) }));
}
