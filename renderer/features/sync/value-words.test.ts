import { describe, expect, it } from 'vitest';
import { formatHlc } from '../../../shared/sync/clock.ts';
import { richDocumentFromText } from '../../../shared/ui/rich-document.ts';
import { valueWords } from './value-words.ts';

const id = '00000000-0000-4000-8000-000000000001';
const say = (entity: string, field: string, value: Parameters<typeof valueWords>[2]) =>
  valueWords(entity, field, value, { names: { [id]: 'Petra' }, language: 'de' });

describe('valueWords', () => {
  it.each([
    ['property', 'name', 'Lindenhof', 'Lindenhof'],
    ['property', 'name', '', 'leer'],
    ['property', 'iban', null, 'leer'],
    ['property', 'iban', { masked: '•••• 3000' }, '•••• 3000'],
    ['property', 'online', true, 'ja'],
    ['property', 'kind', 'weg', 'WEG'],
    ['unit', 'usage', 'parking', 'Stellplatz'],
    ['unit', 'areaHundredths', 7250, '72,50 m²'],
    ['unit', 'roomsTenths', 25, '2,5'],
    ['unitRent', 'cents', 123456, '1.234,56 €'],
    ['membership', 'from', '2026-11-03', '3. November 2026'],
    ['activity', 'assigneeId', id, 'Petra'],
    ['activity', 'topicId', '00000000-0000-4000-8000-000000000002', 'nicht auf diesem Gerät'],
    ['portalSetting', 'directoryGroups', ['owner', 'tenant'], 'Eigentümer, Mieter'],
    ['portalSetting', 'topicIds', null, 'leer'],
    ['notice', 'state', 'queued', 'Vorgemerkt'],
    ['notice', 'publishedAt', '2026-11-03T13:05:00.000Z', '3. November 2026, 14:05 Uhr'],
    ['later', 'thing', { a: 1 }, '{"a":1}'],
  ] as const)('says %s.%s %j as people do', (entity, field, value, words) => {
    expect(say(entity, field, value as Parameters<typeof valueWords>[2]).replace(/\u00a0/g, ' ')).toBe(words);
  });

  it('says formatted text without its marks', () => {
    expect(say('notice', 'body', richDocumentFromText('Wasser weg\n\nBis 12 Uhr'))).toContain('Wasser weg');
    expect(say('entry', 'body', '{"type":"doc"')).toBe('{"type":"doc"');
  });

  it('says a clock as a time', () => {
    const at = formatHlc(Date.parse('2026-11-03T13:05:00.000Z'));
    expect(say('activity', 'statusSeen', at)).toBe('3. November 2026, 14:05 Uhr');
  });
});
