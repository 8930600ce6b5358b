import { useEffect, useRef, useState } from 'react';
import type { StagedFile } from '../../../shared/features/files/contract.ts';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { asOperationError } from '../client.ts';
import { stageFile } from './stage-file.ts';

/** A dropped file on its way to the desk service. */
export interface StagingItem {
  readonly key: string;
  readonly file: File;
  /** Bytes handed over. */
  readonly sent: number;
  readonly staged: StagedFile | null;
  readonly error: OperationError | null;
}

/** Files being staged: one after the other, each can be taken out or tried again. */
export interface Staging {
  readonly items: readonly StagingItem[];
  readonly add: (files: readonly File[]) => void;
  readonly remove: (key: string) => void;
  readonly retry: (key: string) => void;
  readonly clear: () => void;
  /** What is ready, in the order in which it was dropped. */
  readonly staged: readonly StagedFile[];
  /** Something is still being handed over. */
  readonly busy: boolean;
}

let made = 0;

/** Stages dropped files for the form the component is part of. Files of an abandoned form are thrown away. */
export function useStaging(): Staging {
  const [items, setItems] = useState<readonly StagingItem[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  const queue = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    const running = aborts.current;
    return () => {
      for (const abort of running.values()) abort.abort();
    };
  }, []);

  const change = (key: string, part: Partial<StagingItem>) =>
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...part } : item)));
  const start = ({ key, file }: Pick<StagingItem, 'key' | 'file'>) => {
    const abort = new AbortController();
    aborts.current.set(key, abort);
    queue.current = queue.current.then(async () => {
      if (abort.signal.aborted) return;
      try {
        const staged = await stageFile(file, {
          signal: abort.signal,
          onProgress: (sent) => change(key, { sent }),
        });
        change(key, { staged });
      } catch (error) {
        if (!abort.signal.aborted) change(key, { error: asOperationError(error) });
      } finally {
        aborts.current.delete(key);
      }
    });
  };
  const forget = (key: string) => aborts.current.get(key)?.abort();
  return {
    items,
    add: (files) => {
      const fresh = files.map((file): StagingItem => {
        made += 1;
        return { key: `file-${made}`, file, sent: 0, staged: null, error: null };
      });
      setItems((before) => [...before, ...fresh]);
      for (const item of fresh) start(item);
    },
    remove: (key) => {
      forget(key);
      setItems((before) => before.filter((item) => item.key !== key));
    },
    retry: (key) => {
      const item = items.find((candidate) => candidate.key === key);
      if (item === undefined) return;
      change(key, { error: null, sent: 0 });
      start(item);
    },
    clear: () => {
      for (const { key } of items) forget(key);
      setItems([]);
    },
    staged: items.flatMap((item) => item.staged ?? []),
    busy: items.some((item) => item.staged === null && item.error === null),
  };
}
