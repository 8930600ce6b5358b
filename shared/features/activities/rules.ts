import type { Hlc } from '../../sync/clock.ts';

/**
 * Whether a close stands: whoever closed had seen the newest resident entry. A close that had not is undone by the
 * server, since somebody still waits for an answer.
 */
export function closeStands(statusSeen: Hlc | null, newestResidentStamp: Hlc | null): boolean {
  return newestResidentStamp === null || (statusSeen !== null && statusSeen >= newestResidentStamp);
}

/** *Neu*: a resident's entry beyond what the company has handled. */
export function isNew(handledThrough: Hlc | null, newestResidentStamp: Hlc | null): boolean {
  return newestResidentStamp !== null && (handledThrough === null || handledThrough < newestResidentStamp);
}

/** The status a reopened activity gets: the first that is new, else the first that is not closed. */
export function reopenedStatus<
  S extends { readonly isNew: boolean; readonly isClosed: boolean; readonly position: number },
>(statuses: readonly S[]): S | undefined {
  const open = statuses.filter((status) => !status.isClosed).sort((a, b) => a.position - b.position);
  return open.find((status) => status.isNew) ?? open[0];
}
