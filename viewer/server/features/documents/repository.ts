import { eq } from 'drizzle-orm';
import type { DocumentCategory } from '../../../../shared/features/documents/model.ts';
import type { Company } from '../../context.ts';
import { documentCategoryTable } from './table.ts';

/** The company's categories by id; a deleted one keeps its name on the documents that stand in it. */
export async function readCategories(
  company: Company,
): Promise<ReadonlyMap<string, Pick<DocumentCategory, 'name' | 'position'>>> {
  const table = documentCategoryTable;
  const rows = await company.tx
    .select({ id: table.id, name: table.name, position: table.position })
    .from(table)
    .where(eq(table.organisationId, company.organisationId));
  return new Map(rows.map((row) => [row.id, row]));
}
