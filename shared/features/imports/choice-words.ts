import type { GroupKey, Property, Unit } from '../properties/model.ts';

/** What other programs call the kinds of properties, folded by `foldHeading`. */
export const propertyKindWords: Readonly<Record<string, Property['kind']>> = {
  weg: 'weg',
  wohnungseigentum: 'weg',
  wohnungseigentuemergemeinschaft: 'weg',
  hoa: 'weg',
  mietshaus: 'rental',
  miete: 'rental',
  mietobjekt: 'rental',
  mietverwaltung: 'rental',
  mv: 'rental',
  rental: 'rental',
  sondereigentum: 'individual-ownership',
  sev: 'individual-ownership',
  se: 'individual-ownership',
  gewerbe: 'commercial',
  gewerbeobjekt: 'commercial',
  commercial: 'commercial',
};

/** What other programs call the usages of units, folded by `foldHeading`. */
export const usageWords: Readonly<Record<string, Unit['usage']>> = {
  wohnung: 'flat',
  wohnen: 'flat',
  wohnraum: 'flat',
  flat: 'flat',
  apartment: 'flat',
  we: 'flat',
  gewerbe: 'commercial',
  laden: 'commercial',
  buero: 'commercial',
  praxis: 'commercial',
  lager: 'commercial',
  ge: 'commercial',
  stellplatz: 'parking',
  garage: 'parking',
  tiefgarage: 'parking',
  tiefgaragenstellplatz: 'parking',
  carport: 'parking',
  parking: 'parking',
  sonstige: 'other',
  sonstiges: 'other',
  keller: 'other',
  other: 'other',
};

/** What other programs call the groups, folded by `foldHeading`. */
export const groupWords: Readonly<Record<string, GroupKey>> = {
  mieter: 'tenant',
  mieterin: 'tenant',
  mietpartei: 'tenant',
  tenant: 'tenant',
  eigentuemer: 'owner',
  eigentuemerin: 'owner',
  miteigentuemer: 'owner',
  owner: 'owner',
  hausbesitzer: 'house-owner',
  hauseigentuemer: 'house-owner',
  vermieter: 'house-owner',
  houseowner: 'house-owner',
  dienstleister: 'service-provider',
  objektdienstleister: 'service-provider',
  hausmeister: 'service-provider',
  serviceprovider: 'service-provider',
};
