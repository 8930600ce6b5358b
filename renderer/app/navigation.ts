import {
  IconBuilding,
  IconFileImport,
  IconFiles,
  IconHome,
  IconMessages,
  IconPinned,
  IconRefresh,
  IconSettings,
  IconUsers,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react';
import { defineTexts } from '../../shared/ui/texts.ts';

export const navigationTexts = defineTexts({
  de: {
    start: 'Start',
    activities: 'Nachrichten',
    properties: 'Objekte',
    people: 'Personen',
    documents: 'Dokumente',
    notices: 'Aushänge',
    accounts: 'Portal',
    imports: 'Import',
    sync: 'Abgleich',
    settings: 'Einstellungen',
  },
  en: {
    start: 'Home',
    activities: 'Messages',
    properties: 'Properties',
    people: 'People',
    documents: 'Documents',
    notices: 'Notices',
    accounts: 'Portal',
    imports: 'Import',
    sync: 'Sync',
    settings: 'Settings',
  },
});

export type Place =
  | 'start'
  | 'activities'
  | 'properties'
  | 'people'
  | 'documents'
  | 'notices'
  | 'accounts'
  | 'imports'
  | 'sync'
  | 'settings';

interface Destination {
  readonly place: Place;
  readonly path: string;
  readonly icon: TablerIcon;
  /** Pressed after `g`. */
  readonly key: string;
  readonly group: 'work' | 'house';
}

/** Where one can go, in the order of the rail. */
export const destinations: readonly Destination[] = [
  { place: 'start', path: '/', icon: IconHome, key: 's', group: 'work' },
  { place: 'activities', path: '/activities', icon: IconMessages, key: 'n', group: 'work' },
  { place: 'properties', path: '/properties', icon: IconBuilding, key: 'o', group: 'work' },
  { place: 'people', path: '/people', icon: IconUsers, key: 'p', group: 'work' },
  { place: 'documents', path: '/documents', icon: IconFiles, key: 'd', group: 'work' },
  { place: 'notices', path: '/notices', icon: IconPinned, key: 'a', group: 'work' },
  { place: 'accounts', path: '/accounts', icon: IconWorld, key: 'z', group: 'work' },
  { place: 'imports', path: '/import', icon: IconFileImport, key: 'i', group: 'house' },
  { place: 'sync', path: '/sync', icon: IconRefresh, key: 'y', group: 'house' },
  { place: 'settings', path: '/settings', icon: IconSettings, key: 'e', group: 'house' },
];
