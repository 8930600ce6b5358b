import { and, eq, or } from 'drizzle-orm';
import type { Change, Changeset } from '../../../shared/sync/changes.ts';
import { earlierHlc } from '../../../shared/sync/clock.ts';
import { findEntity } from '../../../shared/sync/entities.ts';
import { canonicalJson } from '../../../shared/sync/merge.ts';
import { notAfter } from '../../../shared/sync/not-after.ts';
import type { Verdict } from '../../../shared/sync/protocol.ts';
import type { Transaction } from '../context.ts';
import { isAmong } from '../db/bulk.ts';
import { changeLogTable, quarantineTable } from '../db/schema.ts';
import { together } from '../db/together.ts';

type Sent = Pick<Changeset, 'id' | 'changes'>;

/** What of a push was here before, in the log or earlier in the same push. */
export interface Known {
  /** A lost reply is answered again; an id that comes back with other changes is refused. Undefined for a new changeset. */
  readonly verdictOn: (changeset: Sent) => Verdict | undefined;
  readonly change: (changeId: string) => Change | undefined;
  readonly add: (
    changeset: Sent,
    outcome: { readonly verdict: Verdict; readonly committed: readonly { readonly change: Change }[] },
  ) => void;
}

/** Reads what the log and the quarantine hold of these changesets and their changes. */
export type ReadKnown = (tx: Transaction, organisationId: string, changesets: readonly Sent[]) => Promise<Known>;

export const readKnown: ReadKnown = async (tx, organisationId, changesets) => {
  const refused = new Map<string, Verdict>();
  const applied = new Map<string, Map<string, Change>>();
  const changes = new Map<string, Change>();
  const note = (changesetId: string, change: Change): void => {
    changes.set(change.id, change);
    applied.set(changesetId, (applied.get(changesetId) ?? new Map<string, Change>()).set(change.id, change));
  };
  const ids = changesets.map((changeset) => changeset.id);
  if (ids.length > 0) {
    const changeIds = changesets.flatMap((changeset) => changeset.changes.map((change) => change.id));
    const [logged, kept] = await together(
      tx
        .select({ changesetId: changeLogTable.changesetId, change: changeLogTable.change })
        .from(changeLogTable)
        .where(
          and(
            eq(changeLogTable.organisationId, organisationId),
            or(isAmong(changeLogTable.changesetId, ids), isAmong(changeLogTable.changeId, changeIds)),
          ),
        )
        .execute(),
      tx
        .select()
        .from(quarantineTable)
        .where(and(eq(quarantineTable.organisationId, organisationId), isAmong(quarantineTable.changesetId, ids)))
        .execute(),
    );
    for (const { changesetId, change } of logged) note(changesetId, change);
    for (const { changesetId, code, field } of kept) {
      refused.set(changesetId, verdict(changesetId, { verdict: 'rejected', code: code as Verdict['code'], field }));
    }
  }
  return {
    verdictOn: ({ id, changes: sent }) => {
      const before = applied.get(id);
      if (before === undefined) return refused.get(id);
      if (sent.some((change) => !changes.has(change.id) || !sameChange(changes.get(change.id), change))) {
        return verdict(id, { verdict: 'rejected', code: 'rejected-schema', field: 'id' });
      }
      const stamps = sent.flatMap((change) => {
        const hlc = before.get(change.id)?.hlc;
        return hlc === undefined || hlc === change.hlc ? [] : [{ changeId: change.id, hlc }];
      });
      return verdict(id, { verdict: 'applied', stamps });
    },
    change: (changeId) => changes.get(changeId),
    add: ({ id }, outcome) => {
      if (outcome.verdict.verdict === 'rejected') refused.set(id, outcome.verdict);
      for (const { change } of outcome.committed) note(id, change);
    },
  };
};

/** Whether two changes of one id say the same. The clock may differ, and what lay after it: the log holds the clamped one. */
export function sameChange(a: Change | undefined, b: Change): boolean {
  if (a === undefined || a.entity !== b.entity || a.entityId !== b.entityId) return false;
  const definition = findEntity(a.entity);
  const hlc = earlierHlc(a.hlc, b.hlc);
  const counts = ({ set }: Change) => (definition === undefined ? set : notAfter(definition, set, hlc));
  return canonicalJson(counts(a)) === canonicalJson(counts(b));
}

function verdict(changesetId: string, given: Partial<Verdict> & Pick<Verdict, 'verdict'>): Verdict {
  return { changesetId, code: null, field: null, stamps: [], ...given };
}
