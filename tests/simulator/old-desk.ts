import { type Apply, createApply } from '../../main/sync/apply.ts';
import type { RoundDeps } from '../../main/sync/round.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { LoggedChange } from '../../shared/sync/changes.ts';
import type { Line } from './line.ts';

/** What the version before did not have: whole entities, and a field of one that it had. */
const newEntities: ReadonlySet<string> = new Set(['notice', 'emergencyContact', 'erasure']);
const newFields: Readonly<Record<string, string>> = { person: 'mobile' };

/** Whether an old desk can read this change. */
export function isKnownToOld({ change }: Pick<LoggedChange, 'change'>): boolean {
  const field = newFields[change.entity];
  return !newEntities.has(change.entity) && (field === undefined || !(field in change.set));
}

/** Applies what an old desk knows and parks the rest, in the same transaction as the product does. */
export function applyKnown(deps: RoundDeps): Apply {
  const apply = deps.apply ?? createApply(deps);
  const park = deps.sqlite.prepare('insert or ignore into parked_change (seq, change) values (?, ?)');
  return deps.sqlite.transaction((changes: readonly LoggedChange[], position: Parameters<Apply>[1]) => {
    for (const logged of changes) if (!isKnownToOld(logged)) park.run(logged.seq, JSON.stringify(logged));
    return apply(changes.filter(isKnownToOld), position);
  });
}

/** The keys of each request of protocol 1, all levels: an old desk sends nothing else. */
const keys: Readonly<Record<string, ReadonlySet<string>>> = {
  'sync.push': new Set(['protocol', 'changesets']),
  'sync.pull': new Set(['protocol', 'epoch', 'cursor']),
  'sync.rows': new Set(['rows']),
};
const changesetKeys: ReadonlySet<string> = new Set(['id', 'deviceSeq', 'staffId', 'importId', 'changes']);

/** A line on which protocol 1 is spoken, whatever the newer code around it would say. */
export function asProtocol1(line: Line): Line {
  return (async (name: Parameters<Line>[0], input: Readonly<Record<string, unknown>>) => {
    const known = keys[name];
    if (known === undefined) throw new OperationError('unknown-operation');
    const old: Record<string, unknown> = only(input, known);
    if ('protocol' in old) old.protocol = 1;
    if (Array.isArray(old.changesets)) {
      old.changesets = old.changesets.map((changeset: Readonly<Record<string, unknown>>) =>
        only(changeset, changesetKeys),
      );
    }
    return line(name, old as never);
  }) as unknown as Line;
}

function only(input: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([key]) => known.has(key)));
}
