import { showDone } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed, useReversible } from '../../lib/queries.ts';
import { noticesTexts } from './notices-texts.ts';

/** Publishing, withdrawing and deleting notices, with what is said afterwards. */
export function usePublication() {
  const t = useTexts(noticesTexts);
  const queue = useDeed('notices.publish');
  const back = useDeed('notices.withdraw');
  const removal = useReversible({ deed: 'notices.remove', undo: 'notices.restore' });
  const publish = async (ids: readonly string[]): Promise<boolean> => {
    if ((await queue.run({ ids: [...ids] })) === null) return false;
    showDone(t('queued', { count: ids.length }));
    return true;
  };
  const withdraw = async (ids: readonly string[]): Promise<boolean> => {
    if ((await back.run({ ids: [...ids] })) === null) return false;
    showDone(t('withdrawn', { count: ids.length }));
    return true;
  };
  return { publish, withdraw, remove: removal.run, running: queue.running || back.running || removal.running };
}
