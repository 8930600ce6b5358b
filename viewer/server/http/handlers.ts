import { type AccountServices, accountsHandlers } from '../features/accounts/handlers.ts';
import { activitiesHandlers } from '../features/activities/handlers.ts';
import { documentsHandlers } from '../features/documents/handlers.ts';
import { noticesHandlers } from '../features/notices/handlers.ts';
import { peopleHandlers } from '../features/people/handlers.ts';
import { propertiesHandlers } from '../features/properties/handlers.ts';
import { syncHandlers } from '../features/sync/handlers.ts';
import type { CommitDeps } from '../sync/commit.ts';
import type { HttpHandlers } from './operations.ts';

/** The one list of the viewer's handlers; a missing operation is a compile error. */
export function httpHandlers(accounts: AccountServices, commit: CommitDeps): HttpHandlers {
  return {
    ...propertiesHandlers,
    ...peopleHandlers,
    ...documentsHandlers,
    ...noticesHandlers,
    ...activitiesHandlers,
    ...accountsHandlers(accounts),
    ...syncHandlers(commit),
  };
}
