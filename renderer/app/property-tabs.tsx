import { useTexts } from '../../shared/ui/texts.ts';
import { PropertyPeople } from '../features/people/property-people.tsx';
import { PropertiesPage } from '../features/properties/properties-page.tsx';
import type { PropertyTab } from '../features/properties/property-tab.ts';
import { navigationTexts } from './navigation.ts';

/** The properties with what other features bring to them, in the order of the tabs. */
export function PropertiesRoute() {
  const t = useTexts(navigationTexts);
  const tabs: readonly PropertyTab[] = [{ key: 'people', title: t('people'), Content: PropertyPeople }];
  return <PropertiesPage tabs={tabs} />;
}
