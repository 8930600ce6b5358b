import { v7 } from 'uuid';
import { formatHlc } from '../../shared/sync/clock.ts';

const words = [
  'Erdgeschoss',
  'links',
  'rechts',
  'Hinterhaus',
  'Vorderhaus',
  'Balkon',
  'Kellerabteil',
  'Dachgeschoss',
  'Gartenseite',
  'Zugang',
  'Stellplatz',
  'Treppenhaus',
  'Aufgang',
  'Mitte',
  'Maisonette',
  'barrierefrei',
];

/** A line of about 150 characters, different for each number: what makes a row about 300 bytes. */
export function location(number: number): string {
  let seed = (number * 2_654_435_761) >>> 0;
  let line = `Lage ${number}`;
  while (line.length < 140) {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    line += ` ${words[seed >>> 28]} ${(seed >>> 8) % 100}`;
  }
  return line;
}

/** A unit: eight fields, with its id about 300 bytes as JSON. */
export function unitFields(propertyId: string, number: number) {
  return {
    propertyId,
    number: `WE ${number}`,
    location: location(number),
    usage: 'flat' as const,
    areaHundredths: 3000 + (number % 9000),
    roomsTenths: 10 + 5 * (number % 8),
    shareNumerator: number % 1000,
    shareDenominator: 1000,
  };
}

/** What a desk sends for one edit of one row: the floor sends messages of the same form and length. */
export function sampleMessage(deviceSeq: number, entityId: string, text: string) {
  const base = v7();
  return {
    id: v7(),
    deviceSeq,
    staffId: v7(),
    importId: null,
    changes: [
      {
        id: v7(),
        entity: 'unit',
        entityId,
        set: { location: text },
        base: { location: base, deleted: base },
        hlc: formatHlc(Date.now()),
      },
    ],
  };
}
