import { and, eq, inArray } from 'drizzle-orm';
import { v5 } from 'uuid';
import type { Delivery } from '../../../../shared/features/activities/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import type { Edit } from '../../../../shared/sync/edit.ts';
import { naturalName } from '../../../../shared/sync/natural-id.ts';
import type { Company } from '../../context.ts';
import { entityTables } from '../../db/entity-tables.ts';

/** The ledger's row for a mail to a person about a subject: one row however often it is tried or announced. */
export function deliveryId(organisationId: string, ...key: readonly string[]): string {
  return v5(naturalName('delivery', ['mail', ...key]), organisationId);
}

/** Rows of the ledger by id. */
export async function readDeliveries(
  { tx, organisationId }: Company,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> {
  if (ids.length === 0) return new Map();
  const { delivery } = entityTables;
  const rows = await tx
    .select()
    .from(delivery)
    .where(and(eq(delivery.organisationId, organisationId), inArray(delivery.id, [...ids])));
  return new Map(rows.map((row) => [row.id, row]));
}

/** A row that waits to be sent. */
export function pendingEdit(
  id: string,
  subject: Pick<Delivery, 'kind' | 'subjectId' | 'personId' | 'address'>,
  now: number,
): Edit {
  const set = { ...subject, channel: 'mail', state: 'pending', at: instantText(now), problem: null } as const;
  return { entity: 'delivery', id, set };
}

/** What became of it. */
export function outcomeEdit(
  id: string,
  state: 'sent' | 'failed' | 'cancelled',
  now: number,
  problem: string | null = null,
): Edit {
  return { entity: 'delivery', id, set: { state, at: instantText(now), problem } };
}
