import { berlinDate } from '../../../shared/lib/dates.ts';
import { storedRow } from '../../db/lookup.ts';
import type { DeskHandlers } from '../../service/context.ts';
import { requireManager } from '../../service/rights.ts';
import { reopenConflicts, resolveConflicts, showConflict } from './conflicts.ts';
import { dismissRefused, listQueue, listRefused, retryRefused } from './deeds.ts';
import { deviceHandlers } from './devices.ts';
import { listConflicts } from './journal.ts';
import { readPublication } from './publication.ts';
import { readWaiting } from './waiting.ts';

export const syncHandlers: DeskHandlers<'sync'> = {
  'sync.state': (context) => context.sync.state(),

  'sync.waiting': (context, { ids }) => readWaiting(context.db, ids),

  'sync.connect': (context, { url, code, deviceName }) =>
    context.sync.connect({ url, code: code.trim(), deviceName: deviceName.trim() }),

  'sync.now': (context) => context.sync.now(),

  'sync.bootstrap': (context) => {
    context.sync.bootstrap();
    return {};
  },

  'sync.cancelBootstrap': (context) => {
    context.sync.cancelBootstrap();
    return {};
  },

  'sync.check': (context) => context.sync.check(),

  'sync.setOffline': (context, { offline }) => context.sync.setOffline(offline),

  'sync.erase': async (context, { rows }) => {
    requireManager(context);
    await context.sync.erase(rows);
    return {};
  },

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

  ...deviceHandlers,
};
