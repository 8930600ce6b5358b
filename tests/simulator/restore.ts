import type pg from 'pg';

/** All rows of one company in all tables, as a backup of the viewer's database holds them. */
export interface CompanyBackup {
  readonly organisationId: string;
  readonly head: number;
  readonly tables: ReadonlyMap<string, string>;
  /** What the viewer knew of the devices. */
  readonly devices: string;
}

/** Copies a company out of the database. */
export async function backUp(owner: pg.Pool, organisationId: string): Promise<CompanyBackup> {
  const tables = new Map<string, string>();
  for (const name of await companyTables(owner)) {
    const { rows } = await owner.query<{ content: string }>(
      `select coalesce(json_agg(t), '[]')::text as content from ${name} t where organisation_id = $1`,
      [organisationId],
    );
    tables.set(name, rows[0]?.content ?? '[]');
  }
  const { rows: devices } = await owner.query<{ content: string }>(
    `select coalesce(json_agg(t), '[]')::text as content from auth.device_token t where organisation_id = $1`,
    [organisationId],
  );
  const [row] = JSON.parse(tables.get('"organisation_head"') ?? '[]') as { readonly head: number }[];
  return { organisationId, head: row?.head ?? 0, tables, devices: devices[0]?.content ?? '[]' };
}

/** Puts a company back to its backup, in one transaction; other companies stay. */
export async function putBack(owner: pg.Pool, { organisationId, tables, devices }: CompanyBackup): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    for (const [name, content] of tables) {
      await client.query(`delete from ${name} where organisation_id = $1`, [organisationId]);
      await client.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1)`, [content]);
    }
    // Devices that came after the backup stay, as if they had been paired again.
    await client.query('update auth.device_token set last_seq = 0, last_hash = null where organisation_id = $1', [
      organisationId,
    ]);
    await client.query(
      `update auth.device_token t set last_seq = b.last_seq, last_hash = b.last_hash
       from json_populate_recordset(null::auth.device_token, $1) b where b.device_id = t.device_id`,
      [devices],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function companyTables(owner: pg.Pool): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.columns
     where table_schema = 'public' and column_name = 'organisation_id' order by table_name`,
  );
  return rows.map((row) => (row.name.startsWith('"') ? row.name : `"${row.name}"`));
}
