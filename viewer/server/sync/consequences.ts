import type { Author, Change } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { EntityName } from '../../../shared/sync/entities.ts';
import type { RowState } from '../../../shared/sync/merge.ts';
import type { Company } from '../context.ts';

/** A change that the commit applied: the row before and after it. Rows are written already; the transaction is open. */
export interface CommittedChange {
  readonly entity: EntityName;
  readonly id: string;
  readonly author: Author;
  readonly change: Change;
  readonly before: RowState | null;
  readonly after: RowState;
}

/** What a consequence works with: it reads and enqueues inside the transaction and answers the edits that follow. */
export type ConsequenceContext = Pick<Company, 'organisationId' | 'tx'> & {
  readonly now: () => number;
  readonly newId: () => string;
  /** Company-wide activity numbers, under the row lock of the head. */
  readonly nextActivityNumber: () => number;
};

/**
 * What the server does because of a change, in the same transaction: numbers, reopening, publication, mails. Must be
 * idempotent: its own edits are committed too and come by again.
 */
export type Consequence = (
  context: ConsequenceContext,
  committed: readonly CommittedChange[],
) => Promise<readonly Edit[]>;

/** Whether the row is there for people: exists and is not deleted. */
export function isLive(state: RowState | null): state is RowState {
  return state !== null && state.fields.deleted !== true;
}
