import { and, eq, inArray, sql } from 'drizzle-orm';
import { closeStands, reopenedStatus } from '../../../../shared/features/activities/rules.ts';
import { instantText } from '../../../../shared/lib/dates.ts';
import { authorText } from '../../../../shared/sync/changes.ts';
import { hlcMillis } from '../../../../shared/sync/clock.ts';
import type { Edit } from '../../../../shared/sync/edit.ts';
import { canonicalJson } from '../../../../shared/sync/merge.ts';
import { type CommittedChange, type Consequence, type ConsequenceContext, isLive } from '../../sync/consequences.ts';
import { activityTable, entryTable, statusTable } from './table.ts';

/** Numbers are per organisation, given at commit, gaps allowed. */
export const numberActivities: Consequence = async (context, committed) => {
  const unnumbered = committed.filter(
    (item) => item.entity === 'activity' && isLive(item.after) && item.after.fields.number === null,
  );
  return [...new Set(unnumbered.map((item) => item.id))].map((id) => ({
    entity: 'activity',
    id,
    set: { number: context.nextActivityNumber() },
  }));
};

/** A resident's new entry reopens a closed activity; a close that had not seen the newest one does not close. */
export const reopenActivities: Consequence = async (context, committed) => {
  const touched = new Set<string>();
  for (const item of committed) {
    if (item.entity === 'activity' && 'statusId' in item.change.set) touched.add(item.id);
    if (item.entity === 'entry' && item.before === null) touched.add(String(item.after.fields.activityId));
  }
  if (touched.size === 0) return [];
  const activities = await closedActivities(context, [...touched]);
  const unseen = activities.filter((activity) => !closeStands(activity.statusSeen, activity.newest));
  if (unseen.length === 0) return [];
  const statuses = await context.tx
    .select()
    .from(statusTable)
    .where(and(eq(statusTable.organisationId, context.organisationId), eq(statusTable.deleted, false)));
  const reopened = reopenedStatus(statuses);
  if (reopened === undefined) return [];
  return unseen.flatMap((activity): readonly Edit[] => {
    const edit: Edit = {
      entity: 'activity',
      id: activity.id,
      set: { statusId: reopened.id, statusSeen: activity.newest },
    };
    const closing = committed.find(
      (item) => item.id === activity.id && item.author.kind === 'staff' && 'statusId' in item.change.set,
    );
    return closing === undefined ? [edit] : [edit, journal(context, closing, reopened.id)];
  });
};

async function closedActivities(context: ConsequenceContext, ids: readonly string[]) {
  const newest = sql<string | null>`(
    select max(${entryTable.stamp}) from ${entryTable}
    where ${entryTable.organisationId} = ${activityTable.organisationId} and ${entryTable.activityId} = ${activityTable.id}
      and ${entryTable.authorKind} = 'resident' and not ${entryTable.deleted})`;
  return context.tx
    .select({ id: activityTable.id, statusSeen: activityTable.statusSeen, newest })
    .from(activityTable)
    .innerJoin(
      statusTable,
      and(eq(statusTable.organisationId, activityTable.organisationId), eq(statusTable.id, activityTable.statusId)),
    )
    .where(
      and(
        eq(activityTable.organisationId, context.organisationId),
        inArray(activityTable.id, [...ids]),
        eq(statusTable.isClosed, true),
      ),
    );
}

function journal(context: ConsequenceContext, closing: CommittedChange, keptStatusId: string): Edit {
  return {
    entity: 'conflict',
    id: context.newId(),
    set: {
      kind: 'close-unseen',
      entity: 'activity',
      entityId: closing.id,
      group: 'state',
      lostValue: canonicalJson({
        statusId: closing.change.set.statusId ?? null,
        statusSeen: closing.change.set.statusSeen ?? null,
      }),
      keptValue: canonicalJson({ statusId: keptStatusId }),
      lostBy: authorText(closing.author),
      keptBy: 'server',
      lostAt: instantText(hlcMillis(closing.change.hlc)),
      keptAt: instantText(context.now()),
      lostChangeId: closing.change.id,
      keptChangeId: null,
      code: null,
      createdAt: instantText(context.now()),
      resolvedAt: null,
    },
  };
}
