import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { instantText } from '../../../shared/lib/dates.ts';
import type { Viewer } from '../context.ts';
import { deviceTokenTable } from '../db/schema.ts';
import { isLive } from './consequences.ts';
import { readStates } from './rows.ts';

type TokenRow = typeof deviceTokenTable.$inferSelect;

/** Names the desk's version in every request of a desk. */
export const versionHeader = 'treppenhaus-desk';

/** A contact is written once a minute at most; the company's log hears of it once a day (milliseconds). */
const writtenEvery = 60_000;
const reportedEvery = 24 * 3600_000;

/**
 * Notes that a desk was here, and its version. The row that all desks get changes only with the version or after a
 * day, so that contacts make no noise in the log. A failure is logged: nobody is refused for it.
 */
export async function noteContact(viewer: Viewer, row: TokenRow, headers: Headers): Promise<void> {
  const sent = headers.get(versionHeader) ?? '';
  const appVersion = /^[\w.+-]{1,40}$/.test(sent) ? sent : row.appVersion;
  const now = viewer.now();
  const due = row.lastContactAt === null || Date.parse(row.lastContactAt) + writtenEvery <= now;
  if (!due && appVersion === row.appVersion) return;
  try {
    const [written] = await viewer.global
      .update(deviceTokenTable)
      .set({ lastContactAt: instantText(now), appVersion })
      .where(
        and(
          eq(deviceTokenTable.tokenHash, row.tokenHash),
          or(
            isNull(deviceTokenTable.lastContactAt),
            lt(deviceTokenTable.lastContactAt, instantText(now - writtenEvery + 1)),
            sql`${deviceTokenTable.appVersion} is distinct from ${appVersion}`,
          ),
        ),
      )
      .returning();
    if (written !== undefined) await report(viewer, written, now);
  } catch (error) {
    viewer.log.warn({ err: error }, 'contact of a desk not noted');
  }
}

/** Brings the company's own row of the device up to date where it is worth a change. */
async function report(viewer: Viewer, { organisationId, deviceId, appVersion, reportedAt }: TokenRow, now: number) {
  await viewer.company(organisationId, async ({ tx, write }) => {
    const state = (await readStates(tx, organisationId, 'device', [deviceId])).get(deviceId) ?? null;
    if (!isLive(state)) return;
    const told = reportedAt ?? String(state.fields.lastContactAt ?? '');
    const recent = Date.parse(told) + reportedEvery > now;
    const version = appVersion ?? String(state.fields.appVersion);
    if (recent && state.fields.appVersion === version) return;
    const at = instantText(now);
    await write({ kind: 'server' }, [
      { entity: 'device', id: deviceId, set: { lastContactAt: at, appVersion: version } },
    ]);
    await tx.update(deviceTokenTable).set({ reportedAt: at }).where(eq(deviceTokenTable.deviceId, deviceId));
  });
}
