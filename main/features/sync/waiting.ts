import { sql } from 'drizzle-orm';
import type { Output } from '../../../shared/contract/registry.ts';
import { entityNames } from '../../../shared/sync/entities.ts';
import type { ReadDatabase } from '../../db/database.ts';

/**
 * Which of these rows wait, whatever they are. What hangs on a row counts with it: the entries of an activity, the portal
 * settings of a property, the files of a document, a notice or an entry.
 */
export function readWaiting(db: ReadDatabase, ids: readonly string[]): Output<'sync.waiting'> {
  const asked = sql`(select value as id from json_each(${JSON.stringify(ids)}))`;
  const names = sql.join(
    entityNames.map((name) => sql`${name}`),
    sql`, `,
  );
  const pending = (id: ReturnType<typeof sql>) =>
    sql`exists (select 1 from pending_row p where p.entity in (${names}) and p.entity_id = ${id})`;
  const unheld = (id: ReturnType<typeof sql>) => sql`exists (
    select 1 from attachment a where a.parent_id = ${id} and not a.deleted
      and not exists (select 1 from blob b where b.sha256 = a.sha256 and not b.deleted))`;
  const changes = db.all<{ id: string }>(sql`
    select q.id from ${asked} q where ${pending(sql`q.id`)}
      or exists (select 1 from entry e where e.activity_id = q.id and ${pending(sql`e.id`)})
      or exists (select 1 from portal_setting s where s.property_id = q.id and ${pending(sql`s.id`)})`);
  const files = db.all<{ id: string }>(sql`
    select q.id from ${asked} q where ${unheld(sql`q.id`)}
      or exists (select 1 from entry e where e.activity_id = q.id and not e.deleted and ${unheld(sql`e.id`)})`);
  return { changes: changes.map((row) => row.id), files: files.map((row) => row.id) };
}
