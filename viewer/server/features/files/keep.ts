import { sql } from 'drizzle-orm';
import type { Company, Viewer } from '../../context.ts';

/**
 * Takes a file in that was hashed, and writes the rows that refer to it. The bytes travel before the transaction; from
 * the lock on nobody removes them, so a row that says "available" never stands without its bytes.
 */
export async function keepBlob<T>(
  viewer: Pick<Viewer, 'blobs' | 'company'>,
  organisationId: string,
  sha256: string,
  path: string,
  work: (company: Company) => Promise<T>,
): Promise<T> {
  await viewer.blobs.adopt(organisationId, sha256, path);
  return viewer.company(organisationId, async (company) => {
    await lockBlob(company, sha256);
    // Removed since then, as a file that nothing referred to: so rare that it may travel under the lock.
    if (!(await viewer.blobs.has(organisationId, sha256))) await viewer.blobs.adopt(organisationId, sha256, path);
    return work(company);
  });
}

/** Until the transaction ends nobody else takes this file in or removes it. */
export async function lockBlob(company: Company, sha256: string): Promise<void> {
  const key = `blob ${company.organisationId} ${sha256}`;
  await company.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}
