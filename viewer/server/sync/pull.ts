import { and, asc, eq, gt } from 'drizzle-orm';
import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { LoggedChange } from '../../../shared/sync/changes.ts';
import { pullPage } from '../../../shared/sync/protocol.ts';
import type { Company, Viewer } from '../context.ts';
import { changeLogTable, organisationHeadTable } from '../db/schema.ts';
import { together } from '../db/together.ts';
import { positionFor, readClaim } from './epoch.ts';
import { isErased } from './erase.ts';
import { requireServed } from './served.ts';

type Page = Output<'sync.pull'>;

/**
 * One page of a company's log after a cursor, in whole changesets; what was erased is left out. All of it is read at
 * once. Null for a desk that stands where this viewer never was: that takes more than reading.
 * @throws OperationError `device-revoked`, `not-found`
 */
export async function readPage(
  company: Pick<Company, 'tx' | 'organisationId'>,
  input: ParsedInput<'sync.pull'>,
  deviceId: string,
): Promise<Page | null> {
  const { tx, organisationId } = company;
  const [, [position], isAhead, rows] = await together(
    requireServed(tx, deviceId),
    tx.select().from(organisationHeadTable).where(eq(organisationHeadTable.organisationId, organisationId)).execute(),
    readClaim(company, input),
    tx
      .select()
      .from(changeLogTable)
      .where(and(eq(changeLogTable.organisationId, organisationId), gt(changeLogTable.seq, input.cursor)))
      .orderBy(asc(changeLogTable.seq))
      .limit(pullPage)
      .execute(),
  );
  if (position === undefined) throw new OperationError('not-found');
  const { epoch, head } = position;
  if (input.epoch === epoch && isAhead(position)) return null;
  if ((input.epoch !== undefined && input.epoch !== epoch) || input.cursor > head) return startOver(position, input);
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

/** The same in a transaction that may write: a desk that is ahead tells the viewer that it was restored. */
export async function pullChanges(
  company: Company,
  deps: Pick<Viewer, 'now' | 'newId' | 'log'>,
  input: ParsedInput<'sync.pull'>,
  deviceId: string,
): Promise<Page> {
  const page = await readPage(company, input, deviceId);
  if (page !== null) return page;
  const position = await positionFor(company, deps, input, deviceId);
  const again = position.epoch === input.epoch ? await readPage(company, input, deviceId) : null;
  return again ?? startOver(position, input);
}

function startOver({ epoch, head }: Pick<Page, 'epoch' | 'head'>, { cursor }: { readonly cursor: number }): Page {
  return { epoch, head, reset: true, changes: [], cursor, more: false };
}
