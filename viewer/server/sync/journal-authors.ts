import { and, eq, inArray } from 'drizzle-orm';
import { type Author, authorText } from '../../../shared/sync/changes.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { Transaction } from '../context.ts';
import { changeLogTable } from '../db/schema.ts';

type ConflictEdit = Extract<Edit, { entity: 'conflict' }>;

/** `staff:<id>@<device>`, `account:<id>` or `server`: who wrote, and on which desk. */
export function writtenBy(author: Author): string {
  return author.kind === 'staff' ? `${authorText(author)}@${author.deviceId}` : authorText(author);
}

/**
 * Names in journal entries who wrote and on which device. A row's clock only knows the person; the log knows the device,
 * that of this commit (`fresh`, not written yet) included.
 */
export async function withDevices(
  tx: Transaction,
  organisationId: string,
  fresh: readonly { readonly changeId: string; readonly author: Author }[],
  edits: readonly Edit[],
): Promise<Edit[]> {
  const conflicts = edits.filter((edit) => edit.entity === 'conflict');
  const ids = new Set(conflicts.flatMap(({ set }) => [set.lostChangeId, set.keptChangeId].filter(isText)));
  if (ids.size === 0) return [...edits];
  const authors = new Map<string, Author>();
  for (const { changeId, author } of fresh) if (ids.has(changeId)) authors.set(changeId, author);
  const missing = [...ids].filter((id) => !authors.has(id));
  if (missing.length > 0) {
    const logged = await tx
      .select({ changeId: changeLogTable.changeId, author: changeLogTable.author })
      .from(changeLogTable)
      .where(and(eq(changeLogTable.organisationId, organisationId), inArray(changeLogTable.changeId, missing)));
    for (const { changeId, author } of logged) authors.set(changeId, author);
  }
  return edits.map((edit) => (edit.entity === 'conflict' ? named(edit, authors) : edit));
}

function named(edit: ConflictEdit, authors: ReadonlyMap<string, Author>): Edit {
  const lost = isText(edit.set.lostChangeId) ? authors.get(edit.set.lostChangeId) : undefined;
  const kept = isText(edit.set.keptChangeId) ? authors.get(edit.set.keptChangeId) : undefined;
  // The clock that stands was set by the server, whoever wrote the change.
  const byServer = edit.set.kind === 'clock-clamped';
  return {
    ...edit,
    set: {
      ...edit.set,
      ...(lost === undefined ? {} : { lostBy: writtenBy(lost) }),
      ...(kept === undefined || byServer ? {} : { keptBy: writtenBy(kept) }),
    },
  };
}

function isText(value: string | null | undefined): value is string {
  return typeof value === 'string';
}
