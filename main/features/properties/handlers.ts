import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import type { Property } from '../../../shared/features/properties/model.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { deletionEdits } from '../../db/gather/deletion.ts';
import { trimmed } from '../../db/input.ts';
import { liveRow, liveRows, storedRow } from '../../db/lookup.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { listContacts, restoreContacts, saveContact } from './contacts.ts';
import { removeProperties, restoreProperties } from './deletion.ts';
import {
  defaultSettings,
  isPropertyNumberTaken,
  listProperties,
  portalSettingOf,
  propertyCounts,
} from './repository.ts';
import { listUnits, removeUnits, restoreUnits, saveUnit } from './units.ts';

export const propertiesHandlers: DeskHandlers<'properties'> = {
  'properties.list': (context, input) => listProperties(context.db, input, berlinDate(context.now())),

  'properties.get': (context, { id }) => ({
    property: liveRow(context.db, 'property', id),
    settings: portalSettingOf(context.db, id),
    counts: propertyCounts(context.db, id, berlinDate(context.now())),
  }),

  'properties.save': (context, input) => saveProperty(context, input),

  'properties.remove': (context, { ids }) => {
    removeProperties(context, ids);
    return {};
  },

  'properties.restore': (context, { ids }) => {
    restoreProperties(context, ids);
    return {};
  },

  'properties.listUnits': (context, input) => listUnits(context.db, input, berlinDate(context.now())),

  'properties.saveUnit': (context, input) => saveUnit(context, input),

  'properties.removeUnits': (context, { ids }) => {
    removeUnits(context, ids);
    return {};
  },

  'properties.restoreUnits': (context, { ids }) => {
    restoreUnits(context, ids);
    return {};
  },

  'properties.saveSettings': (context, { propertyId, fields }) => {
    liveRow(context.db, 'property', propertyId, 'propertyId');
    liveRows(context.db, 'topic', fields.topicIds ?? [], 'topicIds');
    const current = storedRow(context.db, 'portalSetting', propertyId);
    const set = current === null ? { ...settingFields(propertyId), ...fields } : { ...fields, deleted: false };
    context.write([{ entity: 'portalSetting', id: propertyId, set }]);
    return {};
  },

  'properties.listContacts': (context, { propertyId }) => {
    liveRow(context.db, 'property', propertyId, 'propertyId');
    return listContacts(context.db, propertyId);
  },

  'properties.saveContact': (context, input) => saveContact(context, input),

  'properties.removeContacts': (context, { ids }) => {
    liveRows(context.db, 'emergencyContact', ids);
    context.write(deletionEdits('emergencyContact', ids, true));
    return {};
  },

  'properties.restoreContacts': (context, { ids }) => {
    restoreContacts(context, ids);
    return {};
  },
};

function saveProperty(context: DeskContext, { id, fields }: ParsedInput<'properties.save'>): Output<'properties.save'> {
  const propertyId = id ?? context.newId();
  const current = id === undefined ? null : liveRow(context.db, 'property', id);
  const wanted = current === null ? newProperty(fields) : fields;
  const set = trimmed(wanted);
  if (set.number !== undefined && isPropertyNumberTaken(context.db, set.number, propertyId)) {
    throw new OperationError('already-exists', { field: 'number', number: set.number });
  }
  if (set.photo && set.photo !== current?.photo && !context.files.has(set.photo)) {
    throw new OperationError('file-missing');
  }
  const edits: Edit[] = [{ entity: 'property', id: propertyId, set }];
  if (current === null) {
    // From the start, so that two desks that set something each merge field by field.
    edits.push({ entity: 'portalSetting', id: propertyId, set: settingFields(propertyId) });
  }
  context.write(edits);
  return { id: propertyId };
}

function newProperty(fields: ParsedInput<'properties.save'>['fields']): Omit<Property, 'id'> {
  const { number, name, kind } = fields;
  if (number === undefined) throw new OperationError('invalid-input', { field: 'number' });
  if (name === undefined) throw new OperationError('invalid-input', { field: 'name' });
  if (kind === undefined) throw new OperationError('invalid-input', { field: 'kind' });
  return {
    street: null,
    houseNumber: null,
    postalCode: null,
    city: null,
    yearBuilt: null,
    iban: null,
    photo: null,
    online: false,
    ...fields,
    number,
    name,
    kind,
  };
}

function settingFields(propertyId: string) {
  const { id: _id, ...fields } = defaultSettings(propertyId);
  return fields;
}
