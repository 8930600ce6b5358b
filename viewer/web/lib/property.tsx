import type { UseQueryResult } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { ResidentProperty } from '../../../shared/features/properties/contract.ts';
import { messageInterval, useLoaded } from './queries.ts';

const PropertyContext = createContext<ResidentProperty | null>(null);

/** The properties of the signed-in person, with what is unread. */
export function useProperties(): UseQueryResult<ResidentProperty[], Error> {
  return useLoaded('properties.mine', {}, { refetchInterval: messageInterval });
}

/** Gives the pages below a property. */
export function PropertyProvider(props: { readonly property: ResidentProperty; readonly children: ReactNode }) {
  return <PropertyContext value={props.property}>{props.children}</PropertyContext>;
}

/** The property whose pages are open. */
export function useProperty(): ResidentProperty {
  const property = useContext(PropertyContext);
  if (property === null) throw new Error('Outside a property');
  return property;
}

/** The input of operations at the property whose pages are open. */
export function usePlace(): { readonly organisationId: string; readonly propertyId: string } {
  const { organisationId, id } = useProperty();
  return useMemo(() => ({ organisationId, propertyId: id }), [organisationId, id]);
}

/** "Lindenstraße 12", or the name where there is no street. */
export function streetOf(property: ResidentProperty): string {
  return [property.street, property.houseNumber].filter(Boolean).join(' ') || property.name;
}

/** "50667 Köln". */
export function townOf(property: ResidentProperty): string {
  return [property.postalCode, property.city].filter(Boolean).join(' ');
}

/** Address of the photo; null where the property has none and is drawn instead. */
export function photoOf(property: ResidentProperty): string | null {
  if (property.photo === null) return null;
  return `/api/portal/organisations/${property.organisationId}/properties/${property.id}/photo?v=${property.photo}`;
}

/** Everything unread at a property. */
export function unreadAt({ unread }: ResidentProperty): number {
  return unread.notices + unread.documents + unread.messages;
}
