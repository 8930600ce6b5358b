import { and, eq, sql } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { displayName } from '../../../shared/features/people/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { fileRowOf, filesOf, type LocalFiles } from '../../db/gather/files.ts';
import { among, inOrder, ordered, searched, textOrder, windowOf } from '../../db/list.ts';
import { modelColumns } from '../../db/lookup.ts';

const { account, notice, person, property, staff } = entityTables;

type NoticeRow = Output<'notices.get'>;

const columns = { ...modelColumns(notice), propertyNumber: property.number, propertyName: property.name };

const sorts = {
  title: [textOrder(notice.title)],
  property: [textOrder(property.number)],
  state: [notice.state],
  pinned: [notice.pinned],
  createdAt: [notice.createdAt],
  publishedAt: [notice.publishedAt],
  visibleFrom: [notice.visibleFrom],
  visibleUntil: [notice.visibleUntil],
};

const liveProperty = and(eq(property.id, notice.propertyId), eq(property.deleted, false));

/** A window of the notices, the newest first unless told otherwise. */
export function listNotices(
  db: ReadDatabase,
  files: LocalFiles,
  input: ParsedInput<'notices.list'>,
): Output<'notices.list'> {
  const where = and(
    input.propertyId === undefined ? undefined : eq(notice.propertyId, input.propertyId),
    input.state === undefined ? undefined : eq(notice.state, input.state),
    searched(input.query, notice.title, property.number, property.name, bodyText),
  );
  const { total, ids } = windowOf(
    db
      .select({ id: notice.id })
      .from(notice)
      .innerJoin(property, liveProperty)
      .where(and(eq(notice.deleted, false), where))
      .orderBy(...ordered(input.sort, '-createdAt', sorts, notice.id)),
    input,
  );
  return { total, rows: noticesBy(db, files, ids) };
}

/** The words of a body: every `text` in its JSON. A body that is no JSON has none. */
const bodyText = sql`(select group_concat(word.value, ' ')
  from json_tree(iif(json_valid(${notice.body}), ${notice.body}, '{}')) as word where word.key = 'text')`;

/**
 * One notice.
 * @throws OperationError `not-found`
 */
export function getNotice(db: ReadDatabase, files: LocalFiles, id: string): NoticeRow {
  const [row] = noticesBy(db, files, [id]);
  if (row === undefined) throw new OperationError('not-found', { field: 'id' });
  return row;
}

function noticesBy(db: ReadDatabase, files: LocalFiles, ids: readonly string[]): NoticeRow[] {
  const rows = db
    .select(columns)
    .from(notice)
    .innerJoin(property, liveProperty)
    .where(and(among(notice.id, ids), eq(notice.deleted, false)))
    .all();
  const attached = filesOf(db, files, 'notice', ids);
  const names = authorNames(db, rows);
  return inOrder(ids, rows).map((row) => ({
    ...row,
    authorName: names.get(row.authorId) ?? '',
    files: (attached.get(row.id) ?? []).map(fileRowOf),
  }));
}

/** Author id → name: colleagues by staff id, residents by account id; deleted ones too. */
function authorNames(db: ReadDatabase, rows: readonly Pick<NoticeRow, 'authorId'>[]): ReadonlyMap<string, string> {
  const ids = [...new Set(rows.map((row) => row.authorId))];
  const colleagues = db.select({ id: staff.id, name: staff.name }).from(staff).where(among(staff.id, ids)).all();
  const residents = db
    .select({
      id: account.id,
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      company: person.company,
    })
    .from(account)
    .innerJoin(person, eq(person.id, account.personId))
    .where(among(account.id, ids))
    .all();
  return new Map([
    ...colleagues.map((row): [string, string] => [row.id, row.name]),
    ...residents.map((row): [string, string] => [row.id, displayName(row)]),
  ]);
}
