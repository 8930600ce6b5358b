import type { EntityName } from '../../../shared/sync/entities.ts';
import { accountTable } from '../features/accounts/table.ts';
import {
  activityPersonTable,
  activityTable,
  deliveryTable,
  entryTable,
  statusTable,
  topicTable,
} from '../features/activities/table.ts';
import { documentCategoryTable, documentTable } from '../features/documents/table.ts';
import { attachmentTable, blobTable } from '../features/files/table.ts';
import { noticeTable } from '../features/notices/table.ts';
import { membershipTable, personTable } from '../features/people/table.ts';
import {
  emergencyContactTable,
  portalSettingTable,
  propertyTable,
  unitRentTable,
  unitTable,
} from '../features/properties/table.ts';
import { deviceTable, groupTable, organisationTable, staffTable } from '../features/settings/table.ts';
import { conflictTable, erasureTable, importRunTable } from '../features/sync/table.ts';

/** The table of every synced entity; a missing one is a compile error. */
export const entityTables = {
  organisation: organisationTable,
  staff: staffTable,
  device: deviceTable,
  group: groupTable,
  property: propertyTable,
  unit: unitTable,
  unitRent: unitRentTable,
  portalSetting: portalSettingTable,
  emergencyContact: emergencyContactTable,
  person: personTable,
  membership: membershipTable,
  account: accountTable,
  notice: noticeTable,
  document: documentTable,
  documentCategory: documentCategoryTable,
  attachment: attachmentTable,
  blob: blobTable,
  topic: topicTable,
  status: statusTable,
  activity: activityTable,
  activityPerson: activityPersonTable,
  entry: entryTable,
  delivery: deliveryTable,
  conflict: conflictTable,
  importRun: importRunTable,
  erasure: erasureTable,
} as const satisfies Record<EntityName, unknown>;
