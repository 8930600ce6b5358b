import type { Input, Output } from '../../../shared/contract/registry.ts';
import { activityFilters } from '../../../shared/features/activities/contract.ts';
import type { ListFilter } from '../../lib/grid/list-operations.ts';

export type Loaded = Output<'activities.get'>;
export type LoadedEntry = Loaded['entries'][number];
export type ActivityFilter = Input<'activities.list'>['filter'];

/** What narrows a filter down further. */
export interface Narrowing {
  readonly propertyId: string | null;
  readonly topicId: string | null;
  readonly statusId: string | null;
  readonly personId: string | null;
}

export const noNarrowing: Narrowing = { propertyId: null, topicId: null, statusId: null, personId: null };

/** Whether anything is narrowed down. */
export function isNarrowed(narrowing: Narrowing): boolean {
  return Object.values(narrowing).some((value) => value !== null);
}

/** The filter an address names; *Offen* where it names none. */
export function filterNamed(name: string | null): ActivityFilter {
  return activityFilters.find((filter) => filter === name) ?? 'open';
}

/** What the list is asked for. */
export function listFilter(filter: ActivityFilter, narrowing: Narrowing): ListFilter<'activities.list'> {
  const { propertyId, topicId, statusId, personId } = narrowing;
  return {
    filter,
    ...(propertyId === null ? {} : { propertyId }),
    ...(topicId === null ? {} : { topicId }),
    ...(statusId === null ? {} : { statusId }),
    ...(personId === null ? {} : { personId }),
  };
}
