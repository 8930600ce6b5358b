import { type RowClock, type RowState, stampOf } from '../../../shared/sync/merge.ts';
import type { ViewerConfig } from '../config.ts';
import { type CommittedChange, type Consequence, isLive } from '../sync/consequences.ts';
import type { Jobs, NewsKind } from './jobs.ts';

/**
 * Tells people what a commit made visible: enqueues the jobs in its transaction, so that neither a rollback announces
 * anything nor a crash forgets it. The jobs work out who is told.
 */
export function notificationsFor(
  jobs: Pick<Jobs, 'send'>,
  config: Pick<ViewerConfig, 'releaseDelaySeconds'>,
): Consequence {
  return async ({ organisationId, tx, now }, committed) => {
    const announced = new Set<string>();
    for (const item of committed) {
      if (isNewInvitation(item)) {
        const invitedAt = String(item.after.fields.invitedAt);
        await jobs.send(tx, 'invite', { organisationId, accountId: item.id, invitedAt });
      }
      const kind = newsOf(item);
      if (kind === null || announced.has(item.id)) continue;
      announced.add(item.id);
      const delay = kind === 'entry' ? config.releaseDelaySeconds * 1000 : 0;
      const release = kind === 'entry' ? releaseOf(item.after.clock) : null;
      await jobs.send(tx, 'announce', {
        organisationId,
        kind,
        subjectId: item.id,
        release,
        mailAt: now() + delay,
      });
    }
    return [];
  };
}

/** Names one release of an entry: ticking it again is another one, which waits anew. */
export function releaseOf(clock: RowClock): string | null {
  return stampOf(clock, 'release')?.change ?? null;
}

function newsOf(item: CommittedChange): NewsKind | null {
  const { entity, before, after } = item;
  if (entity !== 'notice' && entity !== 'document' && entity !== 'entry') return null;
  if (!isNews(entity, after)) return null;
  if (before === null || !isNews(entity, before)) return entity;
  return entity === 'entry' && releaseOf(before.clock) !== releaseOf(after.clock) ? entity : null;
}

function isNews(kind: NewsKind, row: RowState): boolean {
  if (!isLive(row)) return false;
  const { state, approval, released, kind: entryKind } = row.fields;
  switch (kind) {
    case 'notice':
      return state === 'published' && (approval === 'not-needed' || approval === 'approved');
    case 'document':
      return state === 'published';
    case 'entry':
      return released === true && entryKind !== 'note';
  }
}

/** An invitation by mail that nobody sent yet: a new one, a renewed one, or one that was taken back before. */
function isNewInvitation({ entity, before, after }: CommittedChange): boolean {
  if (entity !== 'account' || !isLive(after)) return false;
  const { channel, email, disabledAt, registeredAt, invitedAt, invitationSentAt } = after.fields;
  if (channel !== 'mail' || email === null || disabledAt !== null || registeredAt !== null) return false;
  if (before === null || before.fields.invitedAt !== invitedAt) return true;
  const returned = before.fields.disabledAt !== null || before.fields.deleted === true;
  return returned && (invitationSentAt === null || String(invitationSentAt) < String(invitedAt));
}
