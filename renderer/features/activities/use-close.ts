import { showProblem, showUndo } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { asOperationError, call } from '../../lib/client.ts';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { activitiesTexts } from './activities-texts.ts';

/** Most activities of one call. */
const portion = 1000;

/** Ids in groups that one call takes. */
export function portions(ids: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (let first = 0; first < ids.length; first += portion) groups.push(ids.slice(first, first + portion));
  return groups;
}

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
    try {
      for (const id of ids) {
        const { activity } = await call('activities.get', { id });
        before.set(activity.statusId, [...(before.get(activity.statusId) ?? []), id]);
      }
    } catch (error) {
      const { code, details } = asOperationError(error);
      showProblem(code, details);
      return false;
    }
    for (const some of portions(ids)) {
      if ((await run({ ids: some, statusId: closing.id })) === null) return false;
    }
    showUndo(t('closed', { count: ids.length }), () => {
      for (const [statusId, all] of before) for (const some of portions(all)) void run({ ids: some, statusId });
    });
    return true;
  };
  return { possible: closing !== undefined, running, close };
}
