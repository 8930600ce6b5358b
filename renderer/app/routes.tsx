import { createHashRouter, type RouteObject } from 'react-router';
import { AccountsPage } from '../features/accounts/accounts-page.tsx';
import { ActivitiesPage } from '../features/activities/activities-page.tsx';
import { DocumentsPage } from '../features/documents/documents-page.tsx';
import { ImportsPage } from '../features/imports/imports-page.tsx';
import { NoticesPage } from '../features/notices/notices-page.tsx';
import { PeoplePage } from '../features/people/people-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { StartPage } from '../features/start/start-page.tsx';
import { SyncPage } from '../features/sync/sync-page.tsx';
import { Fault } from './fault.tsx';
import { Missing } from './missing.tsx';
import { PropertiesRoute } from './property-tabs.tsx';
import { Shell } from './shell/shell.tsx';

/** Every page, by feature. Addresses are hashes: the page is served from `app://desk/` and from any port alike. */
const pages: readonly RouteObject[] = [
  { path: '/', element: <StartPage /> },
  { path: '/activities/:id?', element: <ActivitiesPage /> },
  { path: '/properties/:id?/:tab?', element: <PropertiesRoute /> },
  { path: '/people/:id?', element: <PeoplePage /> },
  { path: '/accounts/:part?', element: <AccountsPage /> },
  { path: '/documents/:id?', element: <DocumentsPage /> },
  { path: '/notices/:id?', element: <NoticesPage /> },
  { path: '/import', element: <ImportsPage /> },
  { path: '/sync/:part?/:id?', element: <SyncPage /> },
  { path: '/settings/:part?', element: <SettingsPage /> },
  { path: '*', element: <Missing /> },
];

export const router = createHashRouter([
  {
    element: <Shell />,
    errorElement: <Fault />,
    children: [{ errorElement: <Fault />, children: [...pages] }],
  },
]);
