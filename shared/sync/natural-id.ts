import type { EntityName } from './entities.ts';

/**
 * The name of a row by its natural key, so that whoever makes it makes the same row. The row's id is the UUIDv5 of this
 * name in the namespace of the organisation's id (RFC 9562): `uuidv5(naturalName(entity, key), organisationId)`.
 */
export function naturalName(entity: EntityName, key: readonly string[]): string {
  return JSON.stringify([entity, ...key]);
}
