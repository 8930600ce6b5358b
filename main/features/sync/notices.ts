import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { entityTables } from '../../db/entity-tables.ts';
import { metaKeys, metaText } from '../../db/meta.ts';
import type { DeskContext, ShellPort } from '../../service/context.ts';
import { rowFacts } from './row-facts.ts';

/** Tells the person at this desk, by a notification of the system, that a value of theirs lost. */
export interface ConflictNotices {
  /** Tells what has come since the last look. */
  readonly look: () => void;
}

type Deps = Pick<DeskContext, 'db' | 'meta'> & {
  readonly language: 'de' | 'en';
  readonly notify: ShellPort['notify'];
};

const { conflict } = entityTables;

const words = {
  de: {
    overwritten: 'Ihre Änderung wurde überschrieben',
    'edited-and-deleted': 'Was Sie bearbeitet haben, wurde gelöscht',
    'clock-clamped': 'Die Uhr dieses Geräts geht vor',
    rejected: 'Eine Änderung wurde nicht angenommen',
    'close-unseen': 'Ein Vorgang ist offen geblieben',
    many: (count: number) => `${count} Ihrer Änderungen trafen auf andere`,
    where: 'Beide Fassungen stehen unter Abgleich › Konflikte.',
  },
  en: {
    overwritten: 'Your change was overwritten',
    'edited-and-deleted': 'What you edited was deleted',
    'clock-clamped': 'The clock of this device is ahead',
    rejected: 'A change was not accepted',
    'close-unseen': 'An activity stayed open',
    many: (count: number) => `${count} of your changes met others`,
    where: 'Both versions are under Sync › Conflicts.',
  },
} as const;

/** Looks from now on: what the journal holds already was told, or is older than this desk. */
export function createConflictNotices({ db, meta, language, notify }: Deps): ConflictNotices {
  const t = words[language];
  if (metaText(meta, metaKeys.conflictsTold) === null) {
    const [newest] = db.select(mark).from(conflict).orderBy(desc(conflict.createdAt), desc(conflict.id)).limit(1).all();
    meta.set(metaKeys.conflictsTold, newest === undefined ? '' : markText(newest));
  }
  return {
    look: () => {
      const staffId = metaText(meta, metaKeys.staffId);
      if (staffId === null) return;
      const [createdAt = '', id = ''] = (metaText(meta, metaKeys.conflictsTold) ?? '').split(' ');
      const rows = db
        .select({ ...mark, kind: conflict.kind, entity: conflict.entity, entityId: conflict.entityId })
        .from(conflict)
        .where(
          and(
            eq(conflict.deleted, false),
            isNull(conflict.resolvedAt),
            or(eq(conflict.lostBy, `staff:${staffId}`), sql`${conflict.lostBy} glob ${`staff:${staffId}@*`}`),
            sql`(${conflict.createdAt}, ${conflict.id}) > (${createdAt}, ${id})`,
          ),
        )
        .orderBy(desc(conflict.createdAt), desc(conflict.id))
        .all();
      const [newest] = rows;
      if (newest === undefined) return;
      // Before it is told: twice would be worse than a notice that a crash swallows, since the badge stays.
      meta.set(metaKeys.conflictsTold, markText(newest));
      const [row] = rowFacts(db, [{ entity: newest.entity, id: newest.entityId }]);
      if (rows.length > 1) notify(t.many(rows.length), t.where);
      else notify(t[newest.kind], [row?.name, t.where].filter(Boolean).join('. '));
    },
  };
}

const mark = { createdAt: conflict.createdAt, id: conflict.id };

function markText(row: { readonly createdAt: string; readonly id: string }): string {
  return `${row.createdAt} ${row.id}`;
}
