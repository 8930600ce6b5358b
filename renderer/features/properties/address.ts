import type { Property } from '../../../shared/features/properties/model.ts';

type AddressParts = Pick<Property, 'street' | 'houseNumber' | 'postalCode' | 'city'>;

/** "Lindenallee 12", '' where nothing is known. */
export function streetLine(property: AddressParts): string {
  return [property.street, property.houseNumber].filter((part) => part !== null && part !== '').join(' ');
}

/** "04229 Leipzig", '' where nothing is known. */
export function cityLine(property: AddressParts): string {
  return [property.postalCode, property.city].filter((part) => part !== null && part !== '').join(' ');
}
