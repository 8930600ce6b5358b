import { authorText, type Change, type Changeset } from '../../../shared/sync/changes.ts';
import { clampHlc } from '../../../shared/sync/clock.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { type MergeResult, mergeChange, type RowState } from '../../../shared/sync/merge.ts';
import { notAfter } from '../../../shared/sync/not-after.ts';
import type { Verdict } from '../../../shared/sync/protocol.ts';
import { checkAgainstRow, checkShape, type Refusal } from '../../../shared/sync/validate.ts';
import type { CommittedChange } from './consequences.ts';
import { type Known, sameChange } from './known.ts';
import { checkPermission, type Writer } from './permissions.ts';
import type { WorkingRows } from './rows.ts';

/** A changeset as it is judged. */
export type Submitted = Pick<Changeset, 'id' | 'importId' | 'changes'> & {
  /** Set where the database could not hold it: it is refused without another try. */
  readonly refusal?: Exclude<Refusal, null>;
};

/** What a changeset did. A refused one did nothing. */
export interface Applied {
  readonly verdict: Verdict;
  readonly refusal: Exclude<Refusal, null> | null;
  readonly committed: readonly CommittedChange[];
  readonly merges: readonly (MergeResult & { readonly entity: EntityName; readonly id: string })[];
}

/** Applies one changeset to the working rows, whole; a refused one leaves them as they were. */
export function applyChangeset(
  rows: WorkingRows,
  known: Known,
  changeset: Submitted,
  writer: Writer,
  now: number,
): Applied {
  if (changeset.refusal !== undefined) return refuse(changeset.id, changeset.refusal);
  if (changeset.changes.length === 0) return refuse(changeset.id, { code: 'rejected-erased' });
  const overlay = new Map<string, RowState>();
  const committed: CommittedChange[] = [];
  const merges: (MergeResult & { readonly entity: EntityName; readonly id: string })[] = [];
  const stamps: { changeId: string; hlc: string }[] = [];
  const by = authorText(writer.author);
  const mine = new Map<string, Change>();
  let won = false;
  for (const sent of changeset.changes) {
    const earlier = mine.get(sent.id) ?? known.change(sent.id);
    if (earlier !== undefined) {
      if (!sameChange(earlier, sent)) return refuse(changeset.id, { code: 'rejected-schema', field: 'id' });
      won = true;
      continue;
    }
    mine.set(sent.id, sent);
    const refusal = checkShape(sent);
    if (refusal !== null) return refuse(changeset.id, refusal);
    const definition = findEntity(sent.entity);
    if (definition === undefined) return refuse(changeset.id, { code: 'rejected-schema', field: sent.entity });
    const entity = sent.entity as EntityName;
    const key = `${entity} ${sent.entityId}`;
    const before = overlay.get(key) ?? rows.get(entity, sent.entityId);
    const denied = checkPermission(definition, before, sent, writer);
    if (denied !== null) return refuse(changeset.id, { code: denied, field: sent.entity });
    const misfit = checkAgainstRow(definition, before, sent);
    if (misfit !== null) return refuse(changeset.id, misfit);
    const hlc = clampHlc(sent.hlc, now);
    // The log holds what counts, so that programs that do not know the rule hold it too.
    const change: Change = { ...sent, set: notAfter(definition, sent.set, hlc), hlc };
    if (hlc !== sent.hlc) stamps.push({ changeId: sent.id, hlc });
    const merge = mergeChange(definition, before, change, by);
    won ||= merge.outcomes.some((outcome) => outcome.won);
    overlay.set(key, merge.state);
    merges.push({ ...merge, entity, id: sent.entityId });
    committed.push({ entity, id: sent.entityId, author: writer.author, change, before, after: merge.state });
  }
  for (const [key, state] of overlay) {
    const [entity, id] = key.split(' ') as [EntityName, string];
    rows.set(entity, id, state);
  }
  const verdict: Verdict = {
    changesetId: changeset.id,
    verdict: won ? 'applied' : 'superseded',
    code: null,
    field: null,
    stamps,
  };
  return { verdict, refusal: null, committed, merges };
}

function refuse(changesetId: string, refusal: Exclude<Refusal, null>): Applied {
  const verdict: Verdict = {
    changesetId,
    verdict: 'rejected',
    code: refusal.code,
    field: refusal.field ?? null,
    stamps: [],
  };
  return { verdict, refusal, committed: [], merges: [] };
}
