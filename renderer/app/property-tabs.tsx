import { useTexts } from '../../shared/ui/texts.ts';
import { PropertyActivities } from '../features/activities/property-activities.tsx';
import { PropertyDocuments } from '../features/documents/documents-page.tsx';
import { PropertyNotices } from '../features/notices/notices-page.tsx';
import { PropertyPeople } from '../features/people/property-people.tsx';
import { PropertiesPage } from '../features/properties/properties-page.tsx';
import type { PropertyTab } from '../features/properties/property-tab.ts';
import { navigationTexts } from './navigation.ts';

/** The properties with what other features bring to them, in the order of the tabs. */
export function PropertiesRoute() {
  const t = useTexts(navigationTexts);
  const tabs: readonly PropertyTab[] = [
    { key: 'people', title: t('people'), Content: PropertyPeople },
    { key: 'documents', title: t('documents'), Content: PropertyDocuments },
    { key: 'notices', title: t('notices'), Content: PropertyNotices },
    { key: 'activities', title: t('activities'), Content: PropertyActivities },
  ];
  return <PropertiesPage tabs={tabs} />;
}
