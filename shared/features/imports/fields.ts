import { groupWords, propertyKindWords, usageWords } from './choice-words.ts';
import type { ImportKind } from './model.ts';

/** How the text of a cell becomes a value. */
export type FieldType = 'text' | 'email' | 'date' | 'cents' | 'hundredths' | 'tenths' | 'integer' | 'share' | 'choice';

/** Targets of the column mapping, over all kinds of files. */
export const importFieldNames = [
  'propertyNumber',
  'name',
  'kind',
  'street',
  'houseNumber',
  'postalCode',
  'city',
  'yearBuilt',
  'iban',
  'unitNumber',
  'location',
  'usage',
  'area',
  'rooms',
  'share',
  'targetRent',
  'personNumber',
  'salutation',
  'title',
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'mobile',
  'group',
  'from',
  'to',
  'accountNumber',
] as const;
export type ImportFieldName = (typeof importFieldNames)[number];

/** A target of the column mapping. */
export interface ImportField {
  readonly name: ImportFieldName;
  readonly type: FieldType;
  readonly required: boolean;
  /** Longest text. */
  readonly max?: number;
  /** Headings that other programs write, folded by `foldHeading`; the first is the one we propose. */
  readonly headings: readonly string[];
  /** Texts of a choice, folded → value. */
  readonly choices?: Readonly<Record<string, string>>;
}

const propertyNumber: ImportField = {
  name: 'propertyNumber',
  type: 'text',
  required: true,
  max: 40,
  headings: [
    'objektnummer',
    'objekt',
    'objektnr',
    'objnr',
    'objekt no',
    'liegenschaft',
    'liegenschaftsnummer',
    'hausnr',
    'wirtschaftseinheit',
    'property',
    'propertynumber',
    'propertyno',
  ],
};
const unitNumber: ImportField = {
  name: 'unitNumber',
  type: 'text',
  required: true,
  max: 40,
  headings: [
    'einheit',
    'einheitnummer',
    'einheitsnummer',
    'einheitnr',
    'einheitennummer',
    'einheitennr',
    'wohnungsnummer',
    'wohnungsnr',
    'wohnung',
    'mieteinheit',
    've',
    'venr',
    'unit',
    'unitnumber',
    'unitno',
  ],
};
const personNumber: ImportField = {
  name: 'personNumber',
  type: 'text',
  required: true,
  max: 40,
  headings: [
    'personennummer',
    'person',
    'personnr',
    'personennr',
    'adressnummer',
    'adressnr',
    'kontaktnummer',
    'kontaktnr',
    'kundennummer',
    'personnumber',
    'personno',
    'contactno',
  ],
};

/** What each kind of file can hold. Order is the order of the wizard. */
export const importFields: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  properties: [
    propertyNumber,
    {
      name: 'name',
      type: 'text',
      required: true,
      max: 200,
      headings: [
        'bezeichnung',
        'name',
        'objektname',
        'objektbezeichnung',
        'liegenschaftsname',
        'description',
        'propertyname',
      ],
    },
    {
      name: 'kind',
      type: 'choice',
      required: true,
      choices: propertyKindWords,
      headings: ['art', 'objektart', 'verwaltungsart', 'typ', 'objekttyp', 'kind', 'type'],
    },
    {
      name: 'street',
      type: 'text',
      required: false,
      max: 200,
      headings: ['strasse', 'str', 'anschrift', 'strassehausnummer', 'strasseundhausnummer', 'street', 'address'],
    },
    {
      name: 'houseNumber',
      type: 'text',
      required: false,
      max: 20,
      headings: ['hausnummer', 'nr', 'hnr', 'housenumber'],
    },
    {
      name: 'postalCode',
      type: 'text',
      required: false,
      max: 12,
      headings: ['plz', 'postleitzahl', 'zip', 'postalcode'],
    },
    { name: 'city', type: 'text', required: false, max: 200, headings: ['ort', 'stadt', 'city', 'town'] },
    { name: 'yearBuilt', type: 'integer', required: false, headings: ['baujahr', 'yearbuilt', 'built'] },
    { name: 'iban', type: 'text', required: false, max: 42, headings: ['iban', 'bankkonto', 'konto'] },
  ],
  units: [
    propertyNumber,
    unitNumber,
    {
      name: 'location',
      type: 'text',
      required: false,
      max: 200,
      headings: ['lage', 'etage', 'geschoss', 'stockwerk', 'location', 'floor'],
    },
    {
      name: 'usage',
      type: 'choice',
      required: true,
      choices: usageWords,
      headings: ['nutzung', 'nutzungsart', 'einheitenart', 'einheitsart', 'usage', 'use'],
    },
    {
      name: 'area',
      type: 'hundredths',
      required: false,
      headings: ['flaechem', 'flaeche', 'flaecheqm', 'wohnflaeche', 'nutzflaeche', 'qm', 'm', 'area', 'areasqm'],
    },
    {
      name: 'rooms',
      type: 'tenths',
      required: false,
      headings: ['zimmer', 'raeume', 'zimmeranzahl', 'anzahlzimmer', 'rooms'],
    },
    {
      name: 'share',
      type: 'share',
      required: false,
      headings: ['anteil', 'mea', 'miteigentumsanteil', 'miteigentumsanteile', 'tausendstel', 'share'],
    },
    {
      name: 'targetRent',
      type: 'cents',
      required: false,
      headings: ['sollmiete', 'zielmiete', 'kaltmiete', 'nettomiete', 'targetrent'],
    },
  ],
  people: [
    personNumber,
    { name: 'salutation', type: 'text', required: false, max: 40, headings: ['anrede', 'salutation'] },
    { name: 'title', type: 'text', required: false, max: 60, headings: ['titel', 'akademischertitel', 'title'] },
    { name: 'firstName', type: 'text', required: false, max: 120, headings: ['vorname', 'firstname', 'givenname'] },
    {
      name: 'lastName',
      type: 'text',
      required: false,
      max: 120,
      headings: ['nachname', 'name', 'familienname', 'lastname', 'surname'],
    },
    {
      name: 'company',
      type: 'text',
      required: false,
      max: 200,
      headings: ['firma', 'firmenname', 'unternehmen', 'company'],
    },
    {
      name: 'street',
      type: 'text',
      required: false,
      max: 200,
      headings: ['anschrift', 'strasse', 'strassehausnummer', 'strasseundhausnummer', 'str', 'street', 'address'],
    },
    {
      name: 'postalCode',
      type: 'text',
      required: false,
      max: 12,
      headings: ['plz', 'postleitzahl', 'zip', 'postalcode'],
    },
    { name: 'city', type: 'text', required: false, max: 200, headings: ['ort', 'stadt', 'wohnort', 'city', 'town'] },
    {
      name: 'email',
      type: 'email',
      required: false,
      max: 254,
      headings: ['email', 'emailadresse', 'mail', 'mailadresse'],
    },
    {
      name: 'phone',
      type: 'text',
      required: false,
      max: 60,
      headings: ['telefon', 'tel', 'telefonnummer', 'festnetz', 'telefonprivat', 'phone'],
    },
    {
      name: 'mobile',
      type: 'text',
      required: false,
      max: 60,
      headings: ['mobil', 'handy', 'mobiltelefon', 'mobilnummer', 'mobile', 'cell'],
    },
  ],
  memberships: [
    propertyNumber,
    { ...unitNumber, required: false },
    personNumber,
    {
      name: 'group',
      type: 'choice',
      required: true,
      choices: groupWords,
      headings: ['rolle', 'art', 'gruppe', 'zuordnungsart', 'role', 'group'],
    },
    {
      name: 'from',
      type: 'date',
      required: false,
      headings: [
        'von',
        'beginn',
        'ab',
        'einzug',
        'einzugsdatum',
        'vertragsbeginn',
        'gueltigab',
        'gueltigvon',
        'from',
        'start',
      ],
    },
    {
      name: 'to',
      type: 'date',
      required: false,
      headings: ['bis', 'ende', 'auszug', 'auszugsdatum', 'vertragsende', 'gueltigbis', 'to', 'until', 'end'],
    },
    {
      name: 'accountNumber',
      type: 'text',
      required: false,
      max: 40,
      headings: ['personenkonto', 'debitor', 'debitorenkonto', 'debitorennummer', 'kontonummer', 'konto', 'account'],
    },
  ],
};
