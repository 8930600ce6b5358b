import type { DeskOperationName, Handlers } from '../../shared/contract/registry.ts';
import { accountsHandlers } from '../features/accounts/handlers.ts';
import { activitiesHandlers } from '../features/activities/handlers.ts';
import { documentsHandlers } from '../features/documents/handlers.ts';
import { filesHandlers } from '../features/files/handlers.ts';
import { importsHandlers } from '../features/imports/handlers.ts';
import { noticesHandlers } from '../features/notices/handlers.ts';
import { peopleHandlers } from '../features/people/handlers.ts';
import { propertiesHandlers } from '../features/properties/handlers.ts';
import { settingsHandlers } from '../features/settings/handlers.ts';
import { syncHandlers } from '../features/sync/handlers.ts';
import type { DeskContext } from './context.ts';

/** Every operation of the desk and who answers it; a missing one does not compile. */
export const deskHandlers: Handlers<DeskOperationName, DeskContext> = {
  ...settingsHandlers,
  ...propertiesHandlers,
  ...peopleHandlers,
  ...documentsHandlers,
  ...noticesHandlers,
  ...activitiesHandlers,
  ...accountsHandlers,
  ...importsHandlers,
  ...filesHandlers,
  ...syncHandlers,
};
