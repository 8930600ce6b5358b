import { OperationError } from '../../../../shared/lib/errors.ts';
import { isDocumentSince, readDocuments, type VisibleDocument } from '../../access/documents.ts';
import { residentFile } from '../../access/files.ts';
import { markSeen, newSince, readSeen } from '../../access/seen.ts';
import { enterCompany, readPlace, type Visitor } from '../../access/visitor.ts';
import type { Company, ViewerHandlers } from '../../context.ts';
import { readCategories } from './repository.ts';

const german = new Intl.Collator('de', { numeric: true });

export const documentsHandlers: ViewerHandlers<'documents'> = {
  'documents.released': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      const visible = await documentsAt(company, visitor, propertyId);
      const categories = await readCategories(company);
      const subject = `documents:${propertyId}` as const;
      const since = newSince((await readSeen(company, visitor, [subject]))(subject), visitor.now);
      const position = ({ document }: VisibleDocument) =>
        categories.get(document.categoryId ?? '')?.position ?? Infinity;
      const order = (a: VisibleDocument, b: VisibleDocument) =>
        compare(position(a), position(b)) ||
        compare(b.document.publishedAt ?? '', a.document.publishedAt ?? '') ||
        german.compare(a.document.title, b.document.title);
      return {
        documents: visible.toSorted(order).map(({ document, file }) => ({
          id: document.id,
          title: document.title,
          periodFrom: document.periodFrom,
          periodTo: document.periodTo,
          publishedAt: document.publishedAt,
          category: categories.get(document.categoryId ?? '')?.name ?? null,
          file: residentFile(company, file),
          isNew: isDocumentSince(document, since),
        })),
      };
    }),
  'documents.seen': (context, { organisationId, propertyId }) =>
    enterCompany(context, organisationId, async (company, visitor) => {
      await documentsAt(company, visitor, propertyId);
      await markSeen(company, visitor, `documents:${propertyId}`);
      return {};
    }),
};

/** What the caller sees at a property; `not-found` for whoever is nothing there and was given nothing. */
async function documentsAt(
  company: Company,
  visitor: Visitor,
  propertyId: string,
): Promise<readonly VisibleDocument[]> {
  const place = await readPlace(company, visitor, propertyId);
  const visible = await readDocuments(company, visitor, [place]);
  if (place.standing === 'none' && visible.length === 0) throw new OperationError('not-found');
  return visible;
}

function compare<T extends number | string>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
