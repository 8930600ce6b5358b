import { and, eq, inArray } from 'drizzle-orm';
import { instantText } from '../../../shared/lib/dates.ts';
import type { Company } from '../context.ts';
import { seenTable } from '../db/schema.ts';
import type { Visitor } from './visitor.ts';

/** Looks that lie closer together than this are one visit (milliseconds). */
const visitGap = 30 * 60 * 1000;

export type SeenSubject = `notices:${string}` | `documents:${string}` | `activity:${string}`;

/** When a subject was looked at last, and before that visit. Null: never. */
export interface SeenMark {
  readonly seenAt: string | null;
  readonly previousSeenAt: string | null;
}

export const neverSeen: SeenMark = { seenAt: null, previousSeenAt: null };

/**
 * What is later than this is "new since your last visit". It stays new for the whole visit: looking again shortly after
 * does not take the mark away. Null: everything is new.
 */
export function newSince(mark: SeenMark, now: number): string | null {
  return isSameVisit(mark, now) ? mark.previousSeenAt : mark.seenAt;
}

/** The mark after looking at it now. */
export function markAfter(mark: SeenMark, now: number): SeenMark {
  return { seenAt: instantText(now), previousSeenAt: isSameVisit(mark, now) ? mark.previousSeenAt : mark.seenAt };
}

function isSameVisit(mark: SeenMark, now: number): boolean {
  return mark.seenAt !== null && now - Date.parse(mark.seenAt) < visitGap;
}

/** The marks of a caller; with several accounts in the company the latest counts. */
export async function readSeen(
  company: Company,
  visitor: Visitor,
  subjects: readonly SeenSubject[],
): Promise<(subject: SeenSubject) => SeenMark> {
  const rows =
    subjects.length === 0
      ? []
      : await company.tx
          .select()
          .from(seenTable)
          .where(mine(company, visitor, subjects));
  const marks = new Map<string, SeenMark>();
  for (const row of rows) {
    const known = marks.get(row.subject)?.seenAt ?? null;
    if (known === null || row.seenAt > known) marks.set(row.subject, row);
  }
  return (subject) => marks.get(subject) ?? neverSeen;
}

/** Notes that the caller looks at a subject now. */
export async function markSeen(company: Company, visitor: Visitor, subject: SeenSubject): Promise<void> {
  const mark = markAfter((await readSeen(company, visitor, [subject]))(subject), visitor.now);
  const set = { seenAt: mark.seenAt ?? instantText(visitor.now), previousSeenAt: mark.previousSeenAt };
  await company.tx
    .insert(seenTable)
    .values(
      visitor.persons.map(({ account }) => ({
        organisationId: company.organisationId,
        accountId: account.id,
        subject,
        ...set,
      })),
    )
    .onConflictDoUpdate({ target: [seenTable.organisationId, seenTable.accountId, seenTable.subject], set });
}

function mine(company: Company, visitor: Visitor, subjects: readonly SeenSubject[]) {
  return and(
    eq(seenTable.organisationId, company.organisationId),
    inArray(
      seenTable.accountId,
      visitor.persons.map(({ account }) => account.id),
    ),
    inArray(seenTable.subject, [...subjects]),
  );
}
