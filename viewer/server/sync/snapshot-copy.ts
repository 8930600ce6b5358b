import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Column, getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { OperationError } from '../../../shared/lib/errors.ts';
import { entities, entityNames } from '../../../shared/sync/entities.ts';
import { type SnapshotFrame, type SnapshotHead, snapshotFields } from '../../../shared/sync/snapshot.ts';
import { entityTables } from '../db/entity-tables.ts';

/** Bytes of rows in a chunk, before compression. */
const chunkBytes = 1024 * 1024;
/** Chunks under compression at a time: the threads of the pool work while the next rows arrive. */
const inFlight = 3;
/** The fastest level: for rows it makes 1 % to 5 % more bytes than the default, in half of the time. */
const level = 1;

const compress = promisify(gzip);

interface TableCopy {
  readonly entity: string;
  readonly fields: readonly string[];
  readonly name: string;
  /** What a row is made of, in the order of `fields`. */
  readonly values: string;
}

/** The tables of all entities. What travels is what the models name: a column of the viewer's own never does. */
function tableCopies(): readonly TableCopy[] {
  return entityNames.map((entity) => {
    const columns: Readonly<Record<string, Column>> = getTableColumns(entityTables[entity]);
    const fields = snapshotFields(entities[entity]);
    const values = fields.map((field) => {
      const column = columns[field];
      if (column === undefined) throw new Error(`${entity} has no column for ${field}`);
      return column.getSQLType() === 'boolean' ? `"${column.name}"::int` : `"${column.name}"`;
    });
    return { entity, fields, name: getTableConfig(entityTables[entity]).name, values: values.join(', ') };
  });
}

/**
 * Begins to read a company at one sequence: epoch, head, tables and rows come from the same snapshot of the database.
 * The transaction stays open for `copyRows`; the caller ends it.
 * @throws OperationError `not-found` for a company that is not here
 */
export async function beginSnapshot(client: pg.ClientBase, organisationId: string, id: string): Promise<SnapshotHead> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query("SELECT set_config('app.organisation_id', $1, true)", [organisationId]);
  const { rows: heads } = await client.query<{ epoch: string; head: string }>(
    'SELECT epoch, head FROM organisation_head WHERE organisation_id = $1',
    [organisationId],
  );
  const [position] = heads;
  if (position === undefined) throw new OperationError('not-found');
  const copies = tableCopies();
  const counts = copies.map(({ name }) => `(SELECT count(*) FROM "${name}" WHERE organisation_id = $1)`);
  const { rows: counted } = await client.query<string[]>({
    text: `SELECT ${counts.join(', ')}`,
    values: [organisationId],
    rowMode: 'array',
  });
  return {
    id,
    epoch: position.epoch,
    head: Number(position.head),
    tables: copies.map(({ entity, fields }, index) => ({
      entity,
      fields: [...fields],
      rows: Number(counted[0]?.[index] ?? 0),
    })),
  };
}

/**
 * Reads every row of the company as frames: bytes pass through, no row becomes an object here. In the order of the ids,
 * so that a desk appends to its indexes and the reading needs no sort.
 * @param client in the transaction of `beginSnapshot`
 * @param write takes frames in order
 */
export async function copyRows(
  client: pg.ClientBase,
  head: SnapshotHead,
  organisationId: string,
  write: (frame: Buffer) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let chunk = 0;
  const working: Promise<Buffer>[] = [];
  const flush = async (most: number): Promise<void> => {
    while (working.length > most) await write(await (working.shift() as Promise<Buffer>));
  };
  try {
    for (const { entity, name, values } of tableCopies()) {
      if (head.tables.find((table) => table.entity === entity)?.rows === 0) continue;
      // An id of a company is a UUID that the database has found above; COPY takes no parameters.
      const company = client.escapeLiteral(organisationId);
      const rows = client.query(
        copyTo(`COPY (SELECT ${values} FROM "${name}" WHERE organisation_id = ${company} ORDER BY id) TO STDOUT`),
      );
      for await (const piece of wholeRows(rows)) {
        signal.throwIfAborted();
        const compressing = frameOf(chunk, entity, piece);
        // Told where it is waited for; until then a failure must not count as unhandled.
        compressing.catch(() => undefined);
        working.push(compressing);
        chunk += 1;
        await flush(inFlight);
      }
    }
    await flush(0);
    await write(line({ end: true, chunks: chunk }));
  } finally {
    await Promise.allSettled(working);
  }
}

/** Cuts a stream of rows into pieces of about a chunk that end with a row: a line feed inside a value is escaped. */
async function* wholeRows(rows: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const data of rows) {
    const bytes = data as Buffer;
    parts.push(bytes);
    size += bytes.length;
    if (size < chunkBytes) continue;
    const all = Buffer.concat(parts, size);
    const end = all.lastIndexOf(0x0a) + 1;
    if (end === 0) continue;
    yield all.subarray(0, end);
    parts = [all.subarray(end)];
    size -= end;
  }
  if (size > 0) yield Buffer.concat(parts, size);
}

async function frameOf(chunk: number, entity: string, rows: Buffer): Promise<Buffer> {
  const body = await compress(rows, { level });
  const sha256 = createHash('sha256').update(body).digest('hex');
  return Buffer.concat([line({ chunk, entity, bytes: body.length, sha256 }), body]);
}

function line(frame: SnapshotFrame): Buffer {
  return Buffer.from(`${JSON.stringify(frame)}\n`);
}
