import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { blobId, uploadWaits } from '../../../../shared/features/files/model.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import type { Company, StoredBlob, Viewer } from '../../context.ts';
import { residentUploadTable } from '../../db/schema.ts';
import { lockBlob } from './keep.ts';

type Parts = Pick<Viewer, 'blobs' | 'company' | 'now'>;

/** Twice as long as a message may take to claim its files: nobody claims what is being removed (milliseconds). */
const grace = 2 * uploadWaits;
const batchSize = 500;

/**
 * Removes the bytes that no row refers to: files that residents left without a message, and what erased rows, refused
 * changes and crashes left behind. A deleted row counts, since it may be restored; a desk that refers to a removed file
 * later brings it again.
 */
export async function removeUnusedBlobs(viewer: Parts): Promise<void> {
  const companies = new Set<string>();
  let batch: StoredBlob[] = [];
  const work = async () => {
    const [first] = batch;
    if (first !== undefined)
      await removeFrom(
        viewer,
        first.organisationId,
        batch.map(({ sha256 }) => sha256),
      );
    batch = [];
  };
  for await (const blob of viewer.blobs.list()) {
    companies.add(blob.organisationId);
    if (viewer.now() - blob.since < grace) continue;
    if (batch.length === batchSize || batch.some((one) => one.organisationId !== blob.organisationId)) await work();
    batch.push(blob);
  }
  await work();
  for (const organisationId of companies) {
    await viewer.company(organisationId, (company) => forgetUploads(company, viewer.now()));
  }
}

async function removeFrom(viewer: Parts, organisationId: string, hashes: readonly string[]): Promise<void> {
  const unused = await viewer.company(organisationId, (company) => findUnused(company, hashes, viewer.now()));
  for (const sha256 of unused) await removeBlob(viewer, organisationId, sha256);
}

/** Those of the files that no row needs. */
async function findUnused(company: Company, hashes: readonly string[], now: number): Promise<readonly string[]> {
  const { organisationId } = company;
  const since = instantText(now - grace);
  const { rows } = await company.tx.execute<{ sha256: string }>(sql`
    select h.sha256 from unnest(${sql.param([...hashes])}::text[]) as h(sha256)
    where not exists (select 1 from attachment a where a.organisation_id = ${organisationId} and a.sha256 = h.sha256)
      and not exists (select 1 from property p where p.organisation_id = ${organisationId} and p.photo = h.sha256)
      and not exists (select 1 from organisation o where o.organisation_id = ${organisationId} and o.logo = h.sha256)
      and not exists (select 1 from staff s where s.organisation_id = ${organisationId} and s.photo = h.sha256)
      and not exists (
        select 1 from resident_upload u
        where u.organisation_id = ${organisationId} and u.sha256 = h.sha256 and u.used_at is null
          and u.created_at >= ${since}
      )`);
  return rows.map(({ sha256 }) => sha256);
}

/**
 * First the row, so that every desk hears that the file is not there; then the bytes. Whoever takes the file in at the
 * same moment comes before, and it stays, or after, and brings it again.
 */
async function removeBlob(viewer: Parts, organisationId: string, sha256: string): Promise<void> {
  const isUnused = async (company: Company) => (await findUnused(company, [sha256], viewer.now())).length > 0;
  await viewer.company(organisationId, async (company) => {
    await lockBlob(company, sha256);
    if (!(await isUnused(company)) || !(await isAvailable(company, sha256))) return;
    await company.write({ kind: 'server' }, [{ entity: 'blob', id: blobId(sha256), set: { deleted: true } }]);
  });
  // In a transaction of its own: the company's head is not locked while the storage works.
  await viewer.company(organisationId, async (company) => {
    await lockBlob(company, sha256);
    if (!(await isUnused(company)) || (await isAvailable(company, sha256))) return;
    await viewer.blobs.remove(organisationId, sha256);
  });
}

async function isAvailable(company: Company, sha256: string): Promise<boolean> {
  const { rows } = await company.tx.execute(sql`
    select 1 from blob b
    where b.organisation_id = ${company.organisationId} and b.sha256 = ${sha256} and not b.deleted`);
  return rows.length > 0;
}

/** Uploads that no message claimed. */
async function forgetUploads(company: Company, now: number): Promise<void> {
  const table = residentUploadTable;
  const over = and(isNull(table.usedAt), lt(table.createdAt, instantText(now - grace)));
  await company.tx.delete(table).where(and(eq(table.organisationId, company.organisationId), over));
}
