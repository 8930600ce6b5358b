import type { ErrorCode } from '../../../shared/lib/errors.ts';
import type { Author, Change } from '../../../shared/sync/changes.ts';
import { deletedField, type EntityDefinition } from '../../../shared/sync/entity.ts';
import { type RowState, touchedGroups } from '../../../shared/sync/merge.ts';

/** Who pushes, as the server knows it. */
export interface Writer {
  readonly author: Author;
  /** Of a member of staff; null where the person is unknown or not active. */
  readonly role: 'manager' | 'clerk' | null;
}

/** Why this writer may not make this change; null where it may. The viewer's own code writes as `server` or `account`. */
export function checkPermission(
  definition: EntityDefinition,
  before: RowState | null,
  change: Change,
  writer: Writer,
): ErrorCode | null {
  if (writer.author.kind !== 'staff') return null;
  if (writer.role === null) return 'rejected-role';
  if (definition.writers === 'server') return 'rejected-role';
  if (definition.writers === 'manager' && writer.role !== 'manager') return 'rejected-role';
  for (const group of touchedGroups(definition, change)) {
    if (!definition.serverOnly.has(group)) continue;
    // A new row names every field: empty values are no claim, and the merge lets what the server wrote stand.
    const claims = (definition.fieldsOf[group] ?? []).some((field) => !isEmpty(change.set[field]));
    if (claims) return 'rejected-role';
  }
  if (definition.name === 'organisation' && change.set[deletedField] === true) return 'rejected-role';
  return definition.name === 'entry' ? checkEntry(before, change, writer.author.staffId) : null;
}

/** Staff speak for themselves alone, a note stays inside for ever, and a resident's message stays as it was sent. */
function checkEntry(before: RowState | null, { set }: Change, staffId: string): ErrorCode | null {
  if (before === null && (set.authorKind !== 'staff' || set.authorId !== staffId)) return 'rejected-role';
  const { kind, authorKind, released } = before?.fields ?? set;
  if (kind === 'note' && set.released === true) return 'rejected-role';
  const touchesRelease = before !== null && 'released' in set && set.released !== released;
  return authorKind === 'resident' && touchesRelease ? 'rejected-role' : null;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || value === undefined;
}
