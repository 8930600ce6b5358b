import { accountEntity } from '../features/accounts/model.ts';
import {
  activityEntity,
  activityPersonEntity,
  deliveryEntity,
  entryEntity,
  statusEntity,
  topicEntity,
} from '../features/activities/model.ts';
import { documentCategoryEntity, documentEntity } from '../features/documents/model.ts';
import { attachmentEntity, blobEntity } from '../features/files/model.ts';
import { noticeEntity } from '../features/notices/model.ts';
import { membershipEntity, personEntity } from '../features/people/model.ts';
import {
  emergencyContactEntity,
  portalSettingEntity,
  propertyEntity,
  unitEntity,
  unitRentEntity,
} from '../features/properties/model.ts';
import { deviceEntity, groupEntity, organisationEntity, staffEntity } from '../features/settings/model.ts';
import { conflictEntity, erasureEntity, importRunEntity } from '../features/sync/model.ts';
import type { EntityDefinition, RowOf } from './entity.ts';

/** Every synced entity by name: what travels, what both databases hold. */
export const entities = {
  organisation: organisationEntity,
  staff: staffEntity,
  device: deviceEntity,
  group: groupEntity,
  property: propertyEntity,
  unit: unitEntity,
  unitRent: unitRentEntity,
  portalSetting: portalSettingEntity,
  emergencyContact: emergencyContactEntity,
  person: personEntity,
  membership: membershipEntity,
  account: accountEntity,
  notice: noticeEntity,
  document: documentEntity,
  documentCategory: documentCategoryEntity,
  attachment: attachmentEntity,
  blob: blobEntity,
  topic: topicEntity,
  status: statusEntity,
  activity: activityEntity,
  activityPerson: activityPersonEntity,
  entry: entryEntity,
  delivery: deliveryEntity,
  conflict: conflictEntity,
  importRun: importRunEntity,
  erasure: erasureEntity,
} as const;

export type EntityName = keyof typeof entities;
export type EntityRow<N extends EntityName> = RowOf<(typeof entities)[N]>;

/** Names in the order in which rows may refer to each other. */
export const entityNames = Object.keys(entities) as readonly EntityName[];

/** The definition by name; undefined for a name this version does not know. */
export function findEntity(name: string): EntityDefinition | undefined {
  return Object.hasOwn(entities, name) ? (entities as Readonly<Record<string, EntityDefinition>>)[name] : undefined;
}
