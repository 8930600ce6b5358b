import { createHash } from 'node:crypto';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import { rowText, type TableSum, tableSum } from '../../../shared/sync/checksum.ts';
import { type EntityName, entities, entityNames } from '../../../shared/sync/entities.ts';
import type { RowClock } from '../../../shared/sync/merge.ts';
import { snapshotFields } from '../../../shared/sync/snapshot.ts';
import type { Transaction, Viewer } from '../context.ts';
import { entityTables } from '../db/entity-tables.ts';
import { organisationHeadTable } from '../db/schema.ts';

/** Rows that are in memory at a time. */
const rowsAtOnce = 1000;

/** One at a time in this process: a sum reads and hashes every row of a company. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * The checksums of a company's tables and the head they stand at, from one snapshot of the database. Tables whose fields
 * the desk does not know alike are left out.
 * @throws OperationError `not-found` for a company that is not here
 */
export function readChecksums(
  viewer: Pick<Viewer, 'global'>,
  organisationId: string,
  input: ParsedInput<'sync.checksums'>,
): Promise<Output<'sync.checksums'>> {
  const mine = turn.then(() => read(viewer, organisationId, input));
  turn = mine.catch(() => undefined);
  return mine;
}

function read(
  viewer: Pick<Viewer, 'global'>,
  organisationId: string,
  input: ParsedInput<'sync.checksums'>,
): Promise<Output<'sync.checksums'>> {
  return viewer.global.transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('app.organisation_id', ${organisationId}, true)`);
      const [position] = await tx
        .select({ epoch: organisationHeadTable.epoch, head: organisationHeadTable.head })
        .from(organisationHeadTable)
        .where(eq(organisationHeadTable.organisationId, organisationId));
      if (position === undefined) throw new OperationError('not-found');
      const tables: TableSum[] = [];
      for (const entity of entityNames) {
        const fields = snapshotFields(entities[entity]);
        const asked = input.tables.find((table) => table.entity === entity);
        if (asked === undefined || asked.fields.join() !== fields.join()) continue;
        tables.push(await sumOf(tx, organisationId, entity, fields));
      }
      return { ...position, tables };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function sumOf(
  tx: Transaction,
  organisationId: string,
  entity: EntityName,
  fields: readonly string[],
): Promise<TableSum> {
  const table = entityTables[entity];
  const sum = tableSum(entity, (text) => createHash('sha256').update(text).digest('hex'));
  for (let last: string | null = null; ; ) {
    const rows = (await tx
      .select()
      .from(table as PgTable)
      .where(and(eq(table.organisationId, organisationId), last === null ? undefined : gt(table.id, last)))
      .orderBy(asc(table.id))
      .limit(rowsAtOnce)) as readonly Record<string, JsonValue>[];
    for (const { id, clock, ...values } of rows) {
      sum.add(rowText(fields, id as string, { fields: values, clock: clock as unknown as RowClock }));
    }
    if (rows.length < rowsAtOnce) return sum.result();
    last = rows.at(-1)?.id as string;
  }
}
