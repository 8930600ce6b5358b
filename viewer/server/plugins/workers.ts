import { lt, or, sql } from 'drizzle-orm';
import { instantText } from '../../../shared/lib/dates.ts';
import type { Viewer } from '../context.ts';
import { emailChangeTable, knownBrowserTable, sessionTable, verificationTable } from '../db/auth-schema.ts';
import { pairingCodeTable } from '../db/schema.ts';
import { spreadLoginEmail } from '../features/accounts/email-change.ts';
import { removeUnusedBlobs } from '../features/files/unused.ts';
import { forgetOldAttempts } from '../http/rate-limits.ts';
import { knownBrowserDays } from './auth/security.ts';
import { announce, sendNews } from './workers/announce.ts';
import { invite } from './workers/letters.ts';
import { sendEmailChange, sendReset, tellOwner } from './workers/login-letters.ts';
import type { WorkerParts } from './workers/parts.ts';

/** Lets this process take jobs of every kind. */
export async function registerWorkers(parts: WorkerParts): Promise<void> {
  const { jobs, viewer } = parts;
  await jobs.work('announce', (data) => announce(parts, data));
  await jobs.work('mail', (data, attempt) => sendNews(parts, data, attempt));
  await jobs.work('invite', (data, attempt) => invite(parts, data, attempt));
  await jobs.work('reset', (data, attempt) => sendReset(parts, data, attempt));
  await jobs.work('security', (data, attempt) => tellOwner(parts, data, attempt));
  await jobs.work('emailChange', (data, attempt) => sendEmailChange(parts, data, attempt));
  await jobs.work('loginEmail', ({ loginId }) => spreadLoginEmail(viewer, loginId));
  await jobs.work('housekeeping', async () => {
    await forgetWhatIsOver(viewer);
    await removeUnusedBlobs(viewer);
  });
}

/** What is over is of no use but to a thief. */
export async function forgetWhatIsOver(viewer: Viewer): Promise<void> {
  const now = new Date(viewer.now());
  await forgetOldAttempts(viewer);
  await viewer.global.delete(sessionTable).where(lt(sessionTable.expiresAt, now));
  await viewer.global.delete(verificationTable).where(lt(verificationTable.expiresAt, now));
  await viewer.global.delete(emailChangeTable).where(lt(emailChangeTable.expiresAt, now));
  const forgotten = new Date(viewer.now() - knownBrowserDays * 24 * 3600_000);
  await viewer.global.delete(knownBrowserTable).where(lt(knownBrowserTable.lastUsedAt, forgotten));
  const dayAgo = instantText(viewer.now() - 24 * 3600_000);
  await viewer.global
    .delete(pairingCodeTable)
    .where(or(lt(pairingCodeTable.expiresAt, dayAgo), sql`${pairingCodeTable.usedAt} < ${dayAgo}`));
}
