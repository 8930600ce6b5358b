import { showDone } from '../../../shared/ui/notify.tsx';
import { useDeed, useReversible } from '../queries.ts';

/** What is said afterwards, of a number of rows. */
interface PublicationWords {
  readonly queued: (count: number) => string;
  readonly withdrawn: (count: number) => string;
}

/** Publishing, withdrawing and deleting; each resolves with whether it happened. */
export interface Publication {
  readonly publish: (ids: readonly string[]) => Promise<boolean>;
  readonly withdraw: (ids: readonly string[]) => Promise<boolean>;
  /** Deletes, says the sentence and offers the way back. */
  readonly remove: (ids: readonly string[], sentence: string) => Promise<boolean>;
  readonly running: boolean;
}

/** What can be done with everything that is published; a failure is said in a notification. */
export function usePublication(feature: 'documents' | 'notices', words: PublicationWords): Publication {
  const queue = useDeed(`${feature}.publish`);
  const back = useDeed(`${feature}.withdraw`);
  const removal = useReversible({ deed: `${feature}.remove`, undo: `${feature}.restore` });
  const publish = async (ids: readonly string[]): Promise<boolean> => {
    if ((await queue.run({ ids: [...ids] })) === null) return false;
    showDone(words.queued(ids.length));
    return true;
  };
  const withdraw = async (ids: readonly string[]): Promise<boolean> => {
    if ((await back.run({ ids: [...ids] })) === null) return false;
    showDone(words.withdrawn(ids.length));
    return true;
  };
  return { publish, withdraw, remove: removal.run, running: queue.running || back.running || removal.running };
}
