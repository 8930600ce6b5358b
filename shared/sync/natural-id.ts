import type { EntityName } from './entities.ts';

/**
 * The name from which both sides derive the id of a row that has a natural key: UUIDv5 (RFC 9562) of this name in the
 * namespace of the organisation's id. Two desks that import the same file so make the same rows.
 */
export function naturalName(entity: EntityName, ...key: readonly string[]): string {
  return [entity, ...key.map((part) => part.normalize('NFC').trim())].join('\u001f');
}
