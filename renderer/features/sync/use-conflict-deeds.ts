import { showInfo, showUndo } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../../lib/queries.ts';
import { journalTexts } from './journal-texts.ts';

/** Settling entries of the journal, with or without the value that lost; each can be taken back. */
export function useConflictDeeds() {
  const t = useTexts(journalTexts);
  const reopen = useDeed('sync.reopenConflicts');
  const resolve = useDeed('sync.resolveConflicts', {
    onError: (error) => {
      if (error.code !== 'not-possible-now') return false;
      showInfo(t('restoreSome'));
      return true;
    },
  });
  const say = (count: number, restored: boolean): string => {
    if (count === 1) return restored ? t('restored') : t('settled');
    return restored ? t('restoredMany', { count }) : t('settledMany', { count });
  };
  const run = async (ids: readonly string[], restore: boolean, withRows = false): Promise<boolean> => {
    if ((await resolve.run({ ids: [...ids], restore, withRows })) === null) return false;
    showUndo(say(ids.length, restore), async () => void (await reopen.run({ ids: [...ids] })));
    return true;
  };
  return {
    settle: (ids: readonly string[]) => run(ids, false),
    restore: (ids: readonly string[], withRows: boolean) => run(ids, true, withRows),
    reopen: (ids: readonly string[]) => reopen.run({ ids: [...ids] }),
    running: resolve.running || reopen.running,
  };
}
