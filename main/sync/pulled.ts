import type Database from 'better-sqlite3';
import { instantText } from '../../shared/lib/dates.ts';
import type { Author, Change, LoggedChange } from '../../shared/sync/changes.ts';
import { type Hlc, hlcMillis, laterHlc } from '../../shared/sync/clock.ts';
import { maxPushBytes, maxPushChanges, type RecoverRequest } from '../../shared/sync/protocol.ts';

/** What was pulled is kept so long, to be offered to a viewer that was restored (milliseconds). */
const keepPulled = 60 * 24 * 3600_000;

export type OfferedChangeset = RecoverRequest['changesets'][number];

/**
 * What this desk pulled: changes of the log in the log's order; what came as rows of a snapshot is fetched afterwards
 * (`log-gap.ts`). Of its own changesets only the place is kept, since the queue has them.
 */
export interface PulledHistory {
  /**
   * Takes part in the transaction that applies them. They come after what is here, unless `positionOf` names places that
   * were left free: for older changes, by the sequence of a changeset's first.
   */
  readonly keep: (changes: readonly LoggedChange[], positionOf?: (seq: number) => number) => void;
  /** The next changesets after a position that fit into one request, and the position after them; null at the end. */
  readonly after: (
    position: number,
  ) => { readonly changesets: readonly OfferedChangeset[]; readonly position: number } | null;
  /** Forgets what arrived more than 60 days before the newest, by the viewer's time: this desk's own may be years off. */
  readonly prune: () => void;
}

interface Row {
  readonly position: number;
  readonly changeset_id: string;
  readonly import_id: string | null;
  readonly author: string;
  readonly changes: string | null;
}

export function openPulled(sqlite: Database.Database): PulledHistory {
  // Once it is settled the queue holds the clocks that the viewer corrected.
  const own = sqlite.prepare<[string], { one: number }>(
    "select 1 as one from outbox where changeset_id = ? and state in ('applied', 'superseded')",
  );
  const insert = sqlite.prepare(
    `insert into pulled_changeset (position, changeset_id, import_id, author, changes, received_at)
     values (?, ?, ?, ?, ?, ?) on conflict (changeset_id) do nothing`,
  );
  // Of its own changesets those that the viewer accepted; what was refused or is gone has nothing to be brought back.
  const following = sqlite.prepare<[number], Row>(
    `select p.position, p.changeset_id, p.import_id, p.author, coalesce(p.changes, o.changes) as changes
     from pulled_changeset p
     left join outbox o on o.changeset_id = p.changeset_id and o.state in ('pending', 'applied', 'superseded')
     where p.position > ? order by p.position`,
  );
  const newest = sqlite.prepare<[], { at: string | null }>('select max(received_at) as at from pulled_changeset');
  const remove = sqlite.prepare('delete from pulled_changeset where received_at < ?');
  return {
    keep: (changes, positionOf) => {
      // No clock of the log is later than the viewer's time, and every page holds some of the viewer's own.
      const latest = changes.reduce<Hlc | null>((known, { change }) => laterHlc(known, change.hlc), null);
      if (latest === null) return;
      const arrived = instantText(hlcMillis(latest));
      const receivedAt = positionOf === undefined ? [newest.get()?.at ?? '', arrived].sort().at(-1) : arrived;
      for (const changeset of inChangesets(changes)) {
        const [first] = changeset;
        if (first === undefined) continue;
        const isOwn = own.get(first.changesetId) !== undefined;
        const said = isOwn ? null : JSON.stringify(changeset.map(({ change }) => change));
        const position = positionOf?.(first.seq) ?? null;
        insert.run(position, first.changesetId, first.importId, JSON.stringify(first.author), said, receivedAt);
      }
    },
    after: (start) => {
      const changesets: OfferedChangeset[] = [];
      let [position, count, bytes] = [start, 0, 0];
      for (const row of following.iterate(start)) {
        const changes = row.changes === null ? [] : (JSON.parse(row.changes) as Change[]);
        count += changes.length;
        bytes += row.changes?.length ?? 0;
        if (changesets.length > 0 && (count > maxPushChanges || bytes > maxPushBytes)) break;
        position = row.position;
        if (changes.length === 0) continue;
        const author = JSON.parse(row.author) as Author;
        changesets.push({ id: row.changeset_id, importId: row.import_id, author, changes });
      }
      return position === start ? null : { changesets, position };
    },
    prune: () => {
      const at = newest.get()?.at ?? null;
      if (at !== null) remove.run(instantText(Date.parse(at) - keepPulled));
    },
  };
}

/** The log brings the changes of a changeset one after the other. */
function inChangesets(changes: readonly LoggedChange[]): readonly LoggedChange[][] {
  const changesets: LoggedChange[][] = [];
  for (const logged of changes) {
    const last = changesets.at(-1);
    if (last?.[0]?.changesetId === logged.changesetId) last.push(logged);
    else changesets.push([logged]);
  }
  return changesets;
}
