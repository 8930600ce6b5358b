import { useTexts } from '../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { showUndo } from '../../lib/notify.tsx';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';

interface Closing {
  /** False where the company has no closing status. */
  readonly possible: boolean;
  readonly running: boolean;
  /** Closes activities and offers the way back. Resolves to whether it was done. */
  readonly close: (ids: readonly string[]) => Promise<boolean>;
}

/** Closes activities with the company's first closing status. */
export function useClose(): Closing {
  const t = useTexts(activitiesTexts);
  const { data: lists } = useOperation('settings.lists', {});
  const { run, running } = useDeed('activities.setStatus');
  const closing = lists?.statuses.find((status) => status.isClosed);
  const close = async (ids: readonly string[]): Promise<boolean> => {
    if (closing === undefined) return false;
    // What each was before, so that taking it back is exact.
    const before = new Map<string, string[]>();
    for (const id of ids) {
      const { activity } = await call('activities.get', { id });
      before.set(activity.statusId, [...(before.get(activity.statusId) ?? []), id]);
    }
    if ((await run({ ids: [...ids], statusId: closing.id })) === null) return false;
    showUndo(t('closed', { count: ids.length }), () => {
      for (const [statusId, some] of before) void run({ ids: some, statusId });
    });
    return true;
  };
  return { possible: closing !== undefined, running, close };
}
