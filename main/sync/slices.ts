import type { LoggedChange } from '../../shared/sync/changes.ts';

/**
 * Changes that are merged in one go. A page of 1,000 would stop the desk for longer than a person notices; after so
 * many it looks at what else there is to do, and what it has so far is durable.
 */
const most = 150;

interface Page {
  readonly changes: readonly LoggedChange[];
  readonly cursor: number;
}

/** A page in slices of whole changesets, each with the cursor after it; an empty page is one empty slice. */
export function inSlices(page: Page): readonly Page[] {
  const slices: Page[] = [];
  let start = 0;
  for (const [index, { changesetId, seq }] of page.changes.entries()) {
    const next = page.changes[index + 1];
    if (next === undefined || (index + 1 - start >= most && next.changesetId !== changesetId)) {
      slices.push({ changes: page.changes.slice(start, index + 1), cursor: next === undefined ? page.cursor : seq });
      start = index + 1;
    }
  }
  return slices.length === 0 ? [page] : slices;
}
