import { OperationError } from '../../../shared/lib/errors.ts';

/** Pushes of one company that work at a time: while one holds the row lock, the next is checked and read. */
export const pushesAtOnce = 2;
/** Pushes of one company that wait before anybody else is sent away. */
const mayWait = 6;
/** Seconds after which those who were sent away may come again; the desk adds jitter. */
const comeAgain = 1;

interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/** Lets a few pushes of a company through at a time, and few wait: a database does not get faster by more of them. */
export interface Gate {
  /** @throws OperationError `too-many-requests` with the seconds to wait, before anything was done */
  readonly pass: <T>(organisationId: string, work: () => Promise<T>) => Promise<T>;
}

export function createGate(): Gate {
  const queues = new Map<string, Queue>();
  const enter = async (organisationId: string): Promise<void> => {
    const queue = queues.get(organisationId) ?? { running: 0, waiting: [] };
    queues.set(organisationId, queue);
    if (queue.running < pushesAtOnce) {
      queue.running += 1;
      return;
    }
    if (queue.waiting.length >= mayWait) throw new OperationError('too-many-requests', { seconds: comeAgain });
    await new Promise<void>((resolve) => queue.waiting.push(resolve));
  };
  const leave = (organisationId: string): void => {
    const queue = queues.get(organisationId);
    if (queue === undefined) return;
    const next = queue.waiting.shift();
    // The place goes straight to who waited longest.
    if (next !== undefined) next();
    else queue.running -= 1;
    if (queue.running === 0) queues.delete(organisationId);
  };
  return {
    pass: async (organisationId, work) => {
      await enter(organisationId);
      try {
        return await work();
      } finally {
        leave(organisationId);
      }
    },
  };
}
