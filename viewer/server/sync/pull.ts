import { and, asc, eq, gt } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import type { LoggedChange } from '../../../shared/sync/changes.ts';
import { pullPage } from '../../../shared/sync/protocol.ts';
import type { Company, Viewer } from '../context.ts';
import { changeLogTable } from '../db/schema.ts';
import { positionFor } from './epoch.ts';
import { isErased } from './erase.ts';

/** One page of a company's log after a cursor, in whole changesets; what was erased is left out. */
export async function pullChanges(
  company: Company,
  deps: Pick<Viewer, 'now' | 'newId' | 'log'>,
  input: ParsedInput<'sync.pull'>,
): Promise<Output<'sync.pull'>> {
  const { epoch, head } = await positionFor(company, deps, input);
  if ((input.epoch !== undefined && input.epoch !== epoch) || input.cursor > head) {
    return { epoch, head, reset: true, changes: [], cursor: input.cursor, more: false };
  }
  const { tx, organisationId } = company;
  const rows = await tx
    .select()
    .from(changeLogTable)
    .where(and(eq(changeLogTable.organisationId, organisationId), gt(changeLogTable.seq, input.cursor)))
    .orderBy(asc(changeLogTable.seq))
    .limit(pullPage);
  // A changeset is at most half a page, so a full page always holds the end of one.
  const end = rows.findLastIndex((row) => row.last);
  const whole = rows.slice(0, end + 1);
  const last = whole.at(-1);
  const more = rows.length === pullPage;
  return {
    epoch,
    head,
    reset: false,
    changes: whole.flatMap(({ seq, changesetId, importId, author, change }): LoggedChange[] =>
      isErased(change) ? [] : [{ seq, changesetId, importId, author, change }],
    ),
    // A new epoch leaves sequences out: at the end of the log the head is the cursor.
    cursor: more ? (last?.seq ?? input.cursor) : Math.max(head, last?.seq ?? 0),
    more,
  };
}
