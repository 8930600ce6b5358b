import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Entry, Status, Topic } from '../../../../shared/features/activities/model.ts';
import { uploadWaits } from '../../../../shared/features/files/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { Company } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { residentUploadTable } from '../../db/schema.ts';
import { activityTable, entryTable, statusTable, topicTable } from './table.ts';

export type ResidentUpload = typeof residentUploadTable.$inferSelect;

/** Names that lists of activities show; deleted ones keep theirs. */
export interface Labels {
  readonly topics: ReadonlyMap<string, string>;
  readonly statuses: ReadonlyMap<string, Pick<Status, 'name' | 'isClosed'>>;
  readonly units: ReadonlyMap<string, string>;
}

/** Labels of the company and of these units. */
export async function readLabels(company: Company, unitIds: readonly string[]): Promise<Labels> {
  const { organisationId: org, tx } = company;
  const { unit } = entityTables;
  const topics = await tx.select().from(topicTable).where(eq(topicTable.organisationId, org));
  const statuses = await tx.select().from(statusTable).where(eq(statusTable.organisationId, org));
  const units =
    unitIds.length === 0
      ? []
      : await tx
          .select({ id: unit.id, number: unit.number })
          .from(unit)
          .where(and(eq(unit.organisationId, org), inArray(unit.id, [...new Set(unitIds)])));
  return {
    topics: new Map(topics.map((row) => [row.id, row.name])),
    statuses: new Map(statuses.map((row) => [row.id, row])),
    units: new Map(units.map((row) => [row.id, row.number])),
  };
}

/** Topics that are not deleted, in their order. */
export function readTopics(company: Company): Promise<readonly Topic[]> {
  return company.tx
    .select()
    .from(topicTable)
    .where(and(eq(topicTable.organisationId, company.organisationId), eq(topicTable.deleted, false)))
    .orderBy(asc(topicTable.position), asc(topicTable.name), asc(topicTable.id));
}

/** Statuses that are not deleted. */
export function readStatuses(company: Company): Promise<readonly Status[]> {
  return company.tx
    .select()
    .from(statusTable)
    .where(and(eq(statusTable.organisationId, company.organisationId), eq(statusTable.deleted, false)));
}

/** Whether the unit is one of the property. */
export async function isUnitOf(company: Company, unitId: string, propertyId: string): Promise<boolean> {
  const { unit } = entityTables;
  const rows = await company.tx
    .select({ id: unit.id })
    .from(unit)
    .where(
      and(
        eq(unit.organisationId, company.organisationId),
        eq(unit.id, unitId),
        eq(unit.propertyId, propertyId),
        eq(unit.deleted, false),
      ),
    );
  return rows.length > 0;
}

/**
 * Lets one request after the other write about these rows, over all processes, until the transaction ends: a request
 * that is repeated while the first still runs waits, then finds what it wrote.
 */
export async function takeTurns(company: Company, ids: readonly string[]): Promise<void> {
  for (const id of ids.toSorted()) {
    await company.tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`${company.organisationId} ${id}`}, 0))`,
    );
  }
}

/** An entry whoever wrote it, deleted ones too. */
export async function findEntry(company: Company, id: string): Promise<Entry | undefined> {
  const [row] = await company.tx
    .select()
    .from(entryTable)
    .where(and(eq(entryTable.organisationId, company.organisationId), eq(entryTable.id, id)));
  return row;
}

/** The number of an activity, deleted ones too; undefined where there is none of this id. */
export async function findNumber(
  company: Company,
  activityId: string,
): Promise<{ readonly number: number | null } | undefined> {
  const [row] = await company.tx
    .select({ number: activityTable.number })
    .from(activityTable)
    .where(and(eq(activityTable.organisationId, company.organisationId), eq(activityTable.id, activityId)));
  return row;
}

/** The newest stamp of an activity's entries; null where it has none. */
export async function newestStamp(company: Company, activityId: string): Promise<string | null> {
  const [row] = await company.tx
    .select({ stamp: sql<string | null>`max(${entryTable.stamp})` })
    .from(entryTable)
    .where(and(eq(entryTable.organisationId, company.organisationId), eq(entryTable.activityId, activityId)));
  return row?.stamp ?? null;
}

/** Takes uploads of these accounts for a message, in the given order; `not-found` unless all are there and unused. */
export async function claimUploads(
  company: Company,
  accountIds: readonly string[],
  uploadIds: readonly string[],
  usedAt: string,
): Promise<readonly ResidentUpload[]> {
  if (uploadIds.length === 0) return [];
  const table = residentUploadTable;
  const claimed = await company.tx
    .update(table)
    .set({ usedAt })
    .where(
      and(
        eq(table.organisationId, company.organisationId),
        inArray(table.id, [...uploadIds]),
        inArray(table.accountId, [...accountIds]),
        isNull(table.usedAt),
        gt(table.createdAt, instantText(Date.parse(usedAt) - uploadWaits)),
      ),
    )
    .returning();
  const byId = new Map(claimed.map((upload) => [upload.id, upload]));
  const inOrder = uploadIds.flatMap((id) => byId.get(id) ?? []);
  if (byId.size !== uploadIds.length) throw new OperationError('not-found');
  return inOrder;
}
