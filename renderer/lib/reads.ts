import type { Feature } from '../../shared/contract/registry.ts';
import type { EntityName } from '../../shared/sync/entities.ts';

/** Which entities the reads of a feature show: when one of them changes, the feature's reads are read again. */
const readsOf: Readonly<Record<Feature, readonly EntityName[]>> = {
  settings: ['organisation', 'staff', 'group', 'topic', 'status', 'documentCategory'],
  properties: [
    'property',
    'unit',
    'unitRent',
    'portalSetting',
    'emergencyContact',
    'person',
    'membership',
    'account',
    'notice',
    'document',
    'activity',
    'status',
  ],
  people: ['person', 'membership', 'property', 'unit', 'account'],
  documents: ['document', 'documentCategory', 'attachment', 'blob', 'property'],
  notices: ['notice', 'attachment', 'blob', 'property', 'staff', 'person'],
  activities: [
    'activity',
    'activityPerson',
    'entry',
    'attachment',
    'blob',
    'delivery',
    'status',
    'topic',
    'person',
    'account',
    'property',
    'unit',
  ],
  accounts: ['account', 'person', 'membership', 'property', 'unit'],
  imports: [],
  files: ['attachment', 'blob', 'document', 'notice', 'entry', 'activity', 'property'],
  sync: [
    'conflict',
    'device',
    'staff',
    'document',
    'notice',
    'entry',
    'activityPerson',
    'account',
    'attachment',
    'blob',
    'membership',
    'property',
    'person',
    'unit',
    'activity',
    'erasure',
  ],
};

const featuresOf = new Map<string, Set<string>>();
for (const [feature, names] of Object.entries(readsOf)) {
  for (const name of names) {
    const known = featuresOf.get(name) ?? new Set<string>();
    featuresOf.set(name, known.add(feature));
  }
}

/** The features whose reads show one of the entities. */
export function featuresShowing(entities: readonly string[]): ReadonlySet<string> {
  return new Set(entities.flatMap((entity) => [...(featuresOf.get(entity) ?? [])]));
}
