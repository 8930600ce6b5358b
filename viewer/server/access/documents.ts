import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { currentVersion, seesDocument } from '../../../shared/features/documents/access.ts';
import type { Document } from '../../../shared/features/documents/model.ts';
import type { Attachment } from '../../../shared/features/files/model.ts';
import type { Company } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';
import { readAvailable } from './files.ts';
import type { Place, Visitor } from './visitor.ts';

/** A document with the version residents get. */
export interface VisibleDocument {
  readonly document: Document;
  readonly file: Attachment;
}

/** The documents the caller sees at these places, or of them `which`; those whose file has not arrived are left out. */
export async function readDocuments(
  company: Company,
  visitor: Visitor,
  places: readonly Place[],
  which?: SQL,
): Promise<readonly VisibleDocument[]> {
  if (places.length === 0) return [];
  const { document } = entityTables;
  const groups = [...new Set(places.flatMap((place) => place.memberships.map((membership) => membership.group)))];
  const rows = await company.tx
    .select()
    .from(document)
    .where(
      and(
        eq(document.organisationId, company.organisationId),
        inArray(
          document.propertyId,
          places.map((place) => place.property.id),
        ),
        eq(document.deleted, false),
        eq(document.state, 'published'),
        or(sql`${document.audienceGroups} ?| ${sql.param(groups)}::text[]`, named(visitor)),
        which,
      ),
    );
  const byProperty = new Map(places.map((place) => [place.property.id, place]));
  const visible = rows.filter((row) => {
    const place = byProperty.get(row.propertyId);
    return place?.members.some((member) => seesDocument(row, place.property, member, visitor.day)) ?? false;
  });
  const files = await readAvailable(
    company,
    'document',
    visible.map((row) => row.id),
  );
  return visible.flatMap((row) => {
    const file = currentVersion(files(row.id));
    return file === null ? [] : [{ document: row, file }];
  });
}

/** Properties with published documents that name one of the caller's persons. */
export async function propertiesOfNamedDocuments(company: Company, visitor: Visitor): Promise<readonly string[]> {
  const { document } = entityTables;
  const rows = await company.tx
    .selectDistinct({ propertyId: document.propertyId })
    .from(document)
    .where(
      and(
        eq(document.organisationId, company.organisationId),
        eq(document.deleted, false),
        eq(document.state, 'published'),
        named(visitor),
      ),
    );
  return rows.map((row) => row.propertyId);
}

function named(visitor: Visitor) {
  const personIds = visitor.persons.map(({ person }) => person.id);
  return sql`${entityTables.document.audiencePersonIds} ?| ${sql.param(personIds)}::text[]`;
}

/** Whether the document appeared after that instant (null: never looked). */
export function isDocumentSince(document: Pick<Document, 'publishedAt'>, since: string | null): boolean {
  return since === null || document.publishedAt === null || document.publishedAt > since;
}
