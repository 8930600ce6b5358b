import { showDone } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed, useReversible } from '../../lib/queries.ts';
import { documentsTexts } from './documents-texts.ts';

/** Publishing, withdrawing and deleting documents, with what is said afterwards. */
export function usePublication() {
  const t = useTexts(documentsTexts);
  const queue = useDeed('documents.publish');
  const back = useDeed('documents.withdraw');
  const removal = useReversible({ deed: 'documents.remove', undo: 'documents.restore' });
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
