import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { fold } from '../../db/fold.ts';
import { liveRow, storedRow } from '../../db/lookup.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { requireManager } from '../../service/rights.ts';
import { reopenConflicts, resolveConflicts, showConflict } from './conflicts.ts';
import { dismissRefused, listQueue, listRefused, retryRefused } from './deeds.ts';
import { listConflicts } from './journal.ts';
import { readPublication } from './publication.ts';
import { listDevices, listStaff } from './repository.ts';

export const syncHandlers: DeskHandlers<'sync'> = {
  'sync.state': (context) => context.sync.state(),

  'sync.connect': (context, { url, code, deviceName }) =>
    context.sync.connect({ url, code: code.trim(), deviceName: deviceName.trim() }),

  'sync.now': (context) => context.sync.now(),

  'sync.setOffline': (context, { offline }) => context.sync.setOffline(offline),

  'sync.publication': (context) => {
    const organisation = storedRow(context.db, 'organisation', context.identity().organisationId);
    return readPublication(context.db, context.files, {
      today: berlinDate(context.now()),
      // Missing only where a desk has just joined and has nothing to release.
      formerMemberMonths: organisation?.formerMemberMonths ?? 0,
    });
  },

  'sync.queue': (context, input) => listQueue(context.db, input),

  'sync.refused': (context, input) => listRefused(context.db, input),

  'sync.retryRefused': (context, { ids }) => {
    retryRefused(context, ids);
    return {};
  },

  'sync.dismissRefused': (context, { ids }) => {
    dismissRefused(context, ids);
    return {};
  },

  'sync.history': (context, { offset, limit }) => context.sync.history(offset, limit),

  'sync.conflicts': (context, input) => listConflicts(context.db, input),

  'sync.conflict': (context, { id }) => showConflict(context, id),

  'sync.resolveConflicts': (context, input) => {
    resolveConflicts(context, input);
    return {};
  },

  'sync.reopenConflicts': (context, { ids }) => {
    reopenConflicts(context, ids);
    return {};
  },

  'sync.devices': (context) => listDevices(context.db, context.identity().deviceId),

  'sync.invitePairing': (context, input) => invitePairing(context, input),

  'sync.revokeDevices': async (context, { ids }) => {
    requireManager(context);
    for (const id of ids) await context.sync.revokeDevice(id);
    return {};
  },
};

/**
 * A code for another desk: one's own, a colleague's, a new colleague's. A code is a way to work as that colleague, so
 * only managers ask for somebody else's.
 * @throws OperationError `rejected-role`, `not-found`, `invalid-input`, `already-exists` for an address that a colleague has,
 *   `not-possible-now` before this desk is paired, `viewer-unreachable`, `offline`
 */
async function invitePairing(
  context: DeskContext,
  { staffId, staff }: ParsedInput<'sync.invitePairing'>,
): Promise<Output<'sync.invitePairing'>> {
  if (staffId !== null && staff !== null) throw new OperationError('invalid-input', { field: 'staff' });
  const { viewerUrl } = context.sync.state();
  if (viewerUrl === null) throw new OperationError('not-possible-now', { field: 'viewerUrl' });
  const own = context.identity().staffId;
  const wanted = staff === null ? (staffId ?? own) : createStaff(context, staff);
  if (staff === null && wanted !== own) requireManager(context);
  if (!liveRow(context.db, 'staff', wanted, 'staffId').active)
    throw new OperationError('not-found', { field: 'staffId' });
  // The viewer only gives a code for somebody it knows.
  await context.sync.now();
  const { code, expiresAt } = await context.sync.createPairingCode(wanted);
  return { code, expiresAt, url: viewerUrl };
}

function createStaff(
  context: DeskContext,
  { name, email, role }: NonNullable<ParsedInput<'sync.invitePairing'>['staff']>,
): string {
  requireManager(context);
  const known = listStaff(context.db).find((colleague) => fold(colleague.email) === fold(email));
  // A second attempt, after the first could not reach the viewer.
  if (known !== undefined && fold(known.name) === fold(name) && known.role === role) return known.id;
  if (known !== undefined) throw new OperationError('already-exists', { field: 'email', label: email });
  const id = context.newId();
  context.write([
    {
      entity: 'staff',
      id,
      set: { name: name.trim(), email, role, position: null, phone: null, photo: null, active: true },
    },
  ]);
  return id;
}
