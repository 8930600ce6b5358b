import type { Edit } from '../../../shared/sync/edit.ts';
import { deletionEdits, requireParent, rowsToRestore } from '../../db/gather/deletion.ts';
import { liveRows } from '../../db/lookup.ts';
import type { DeskHandlers } from '../../service/context.ts';
import { getNotice, listNotices } from './repository.ts';
import { refuseNobody, saveNotice } from './save.ts';

export const noticesHandlers: DeskHandlers<'notices'> = {
  'notices.list': (context, input) => listNotices(context.db, context.files, input),

  'notices.get': (context, { id }) => getNotice(context.db, context.files, id),

  'notices.save': (context, input) => saveNotice(context, input),

  'notices.publish': (context, { ids }) => {
    const drafts = liveRows(context.db, 'notice', ids).filter((notice) => notice.state === 'draft');
    for (const notice of drafts) refuseNobody(notice);
    context.write(
      drafts.map(({ id, approval }): Edit => {
        const queued = { state: 'queued', publishedAt: null } as const;
        const decided = approval === 'not-needed' || approval === 'approved';
        // Whoever queues a resident's entry approves it.
        return { entity: 'notice', id, set: decided ? queued : { ...queued, approval: 'approved' } };
      }),
    );
    return {};
  },

  'notices.withdraw': (context, { ids }) => {
    const released = liveRows(context.db, 'notice', ids).filter((notice) => notice.state !== 'draft');
    context.write(
      released.map(({ id }): Edit => ({ entity: 'notice', id, set: { state: 'draft', publishedAt: null } })),
    );
    return {};
  },

  'notices.remove': (context, { ids }) => {
    liveRows(context.db, 'notice', ids);
    context.write(deletionEdits('notice', ids, true));
    return {};
  },

  'notices.restore': (context, { ids }) => {
    const rows = rowsToRestore(context.db, 'notice', ids);
    for (const row of rows) requireParent(context.db, 'property', row.propertyId, 'propertyId');
    context.write(
      deletionEdits(
        'notice',
        rows.map((row) => row.id),
        false,
      ),
    );
    return {};
  },
};
