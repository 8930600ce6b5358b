import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { groupKeys } from '../../../shared/features/properties/model.ts';
import type { Staff } from '../../../shared/features/settings/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { fold } from '../../db/fold.ts';
import { liveRow } from '../../db/lookup.ts';
import { metaKeys, metaText } from '../../db/meta.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { requireManager } from '../../service/rights.ts';
import { defaultEdits } from './defaults.ts';
import { findOrganisation, findStaff, otherStaff, readLists } from './repository.ts';

/** Months a former member still sees what was theirs, unless the company says otherwise. */
const defaultFormerMemberMonths = 24;

export const settingsHandlers: DeskHandlers<'settings'> = {
  'settings.state': (context) => readState(context),

  'settings.createOrganisation': (context, input) => createOrganisation(context, input),

  'settings.lists': (context) => {
    const lists = readLists(context.db);
    return { ...lists, groups: lists.groups.toSorted((a, b) => groupKeys.indexOf(a.key) - groupKeys.indexOf(b.key)) };
  },

  'settings.saveOrganisation': (context, { fields }) => {
    requireManager(context);
    const { organisationId } = context.identity();
    const current = liveRow(context.db, 'organisation', organisationId);
    if (fields.logo && fields.logo !== current.logo && !context.files.has(fields.logo)) {
      throw new OperationError('file-missing');
    }
    context.write([{ entity: 'organisation', id: organisationId, set: fields }]);
    return {};
  },

  'settings.saveStaff': (context, input) => saveStaff(context, input),
};

function readState(context: DeskContext): Output<'settings.state'> {
  const organisationId = metaText(context.meta, metaKeys.organisationId);
  const staffId = metaText(context.meta, metaKeys.staffId);
  const organisation = organisationId === null ? null : findOrganisation(context.db, organisationId);
  // A desk that has just joined knows its company's id before its first pull has brought the rows.
  const ready = staffId !== null && organisationId !== null && (organisation !== null || isPaired(context));
  return {
    phase: ready ? 'ready' : 'first-run',
    organisation,
    staff: staffId === null ? null : findStaff(context.db, staffId),
    keyProtection: context.shell.keyProtection,
    host: context.shell.host,
    version: context.version,
    wipedAt: ready ? null : context.wipedAt(),
  };
}

/**
 * Identity first, since every id and stamp of the company's first rows comes from it. A start that ends between the two
 * is still the first run, and the next attempt takes the same ids.
 */
function createOrganisation(
  context: DeskContext,
  { name, staff }: ParsedInput<'settings.createOrganisation'>,
): Output<'settings.createOrganisation'> {
  if (readState(context).phase === 'ready' || isPaired(context)) throw new OperationError('not-possible-now');
  const organisationId = metaText(context.meta, metaKeys.organisationId) ?? context.newId();
  const staffId = metaText(context.meta, metaKeys.staffId) ?? context.newId();
  context.meta.set(metaKeys.organisationId, organisationId);
  context.meta.set(metaKeys.staffId, staffId);
  context.write([
    {
      entity: 'organisation',
      id: organisationId,
      set: {
        name: name.trim(),
        street: null,
        postalCode: null,
        city: null,
        email: null,
        phone: null,
        website: null,
        logo: null,
        colour: null,
        formerMemberMonths: defaultFormerMemberMonths,
      },
    },
    {
      entity: 'staff',
      id: staffId,
      set: {
        name: staff.name.trim(),
        email: staff.email,
        role: 'manager',
        position: null,
        phone: null,
        photo: null,
        active: true,
      },
    },
    ...defaultEdits(context.naturalId),
  ]);
  return { id: organisationId };
}

function saveStaff(
  context: DeskContext,
  { id, fields }: ParsedInput<'settings.saveStaff'>,
): Output<'settings.saveStaff'> {
  requireManager(context);
  const staffId = id ?? context.newId();
  const others = otherStaff(context.db, staffId);
  const email = fields.email;
  if (email !== undefined && others.some((other) => fold(other.email) === fold(email))) {
    throw new OperationError('already-exists', { field: 'email', label: email });
  }
  if (id === undefined) {
    context.write([{ entity: 'staff', id: staffId, set: newStaff(fields) }]);
    return { id: staffId };
  }
  const next: Staff = { ...liveRow(context.db, 'staff', id), ...fields };
  // Without a manager nobody could ever change the company or its staff again.
  if (![...others, next].some((one) => one.active && one.role === 'manager')) {
    throw new OperationError('not-possible-now', { field: 'role' });
  }
  context.write([{ entity: 'staff', id, set: fields }]);
  return { id };
}

function newStaff(fields: ParsedInput<'settings.saveStaff'>['fields']): Omit<Staff, 'id'> {
  const { name, email } = fields;
  if (name === undefined) throw new OperationError('invalid-input', { field: 'name' });
  if (email === undefined) throw new OperationError('invalid-input', { field: 'email' });
  return {
    role: 'clerk',
    position: null,
    phone: null,
    active: true,
    ...fields,
    name: name.trim(),
    email,
    photo: null,
  };
}

function isPaired(context: DeskContext): boolean {
  return context.sync.state().connection !== 'not-paired';
}
