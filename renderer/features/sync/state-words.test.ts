import { describe, expect, it } from 'vitest';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { testSyncState } from '../../../tests/setup/sync-state.ts';
import { deedWords, secondsWords, stateWords } from './state-words.ts';

const now = Date.parse('2026-11-23T10:00:00.000Z');
const say = (given: Partial<SyncState>) => {
  const { title, body } = stateWords({ ...testSyncState, ...given }, now, 'de');
  return `${title}|${body}`;
};

describe('stateWords', () => {
  it('says that all is there, and since when', () => {
    expect(say({})).toBe(
      'Alles ist abgeglichen.|Zuletzt bestätigt um 10:42 Uhr. Dieses Gerät und das Portal haben denselben Stand.',
    );
    expect(say({ confirmedAt: '2026-11-22T09:42:00.000Z' })).toContain('Zuletzt bestätigt gestern 10:42.');
  });

  it('never says so while something waits', () => {
    expect(say({ pendingChanges: 3, pendingUploads: 1 })).toBe(
      '3 Änderungen und 1 Datei warten.|Die Übertragung läuft. Sie können weiterarbeiten.',
    );
    expect(say({ confirmedAt: null })).toMatch(/^Noch nicht abgeglichen/);
  });

  it('does not hide what was refused', () => {
    expect(say({ rejected: 2 })).toBe(
      'Abgeglichen, bis auf 2 abgelehnte Änderungen.|Zuletzt bestätigt um 10:42 Uhr. Was abgelehnt wurde, steht unten und wartet auf Sie.',
    );
  });

  it('says what waits and since when nobody answers', () => {
    const failingSince = '2026-11-23T08:00:00.000Z';
    expect(say({ connection: 'offline', pendingChanges: 3, failingSince })).toBe(
      '3 Änderungen warten.|Das Portal ist seit 2 Std. nicht erreichbar. Sie können weiterarbeiten: Ihre Eingaben sind auf diesem Gerät gespeichert und werden übertragen, sobald das Portal wieder antwortet.',
    );
    expect(say({ connection: 'offline', failingSince })).toMatch(/^Das Portal ist seit 2 Std. nicht erreichbar\.\|/);
    expect(say({ connection: 'offline', failingSince: null })).toMatch(/^Das Portal ist nicht erreichbar\.\|/);
  });

  it('does not blame the portal for what it did answer', () => {
    expect(say({ connection: 'offline', pendingChanges: 1, lastError: 'disk-full' })).toMatch(
      /^1 Änderung wartet\.\|Der Abgleich stockt/,
    );
  });

  it('says which side needs an update', () => {
    expect(say({ connection: 'update-needed', lastError: 'protocol-too-old' })).toMatch(/^Treppenhaus .* aktualisiert/);
    expect(say({ connection: 'update-needed', lastError: 'protocol-too-new' })).toMatch(/^Das Portal .* aktualisiert/);
  });

  it('says that one works offline on purpose', () => {
    expect(say({ connection: 'paused', pendingChanges: 12_000 })).toBe(
      'Sie arbeiten offline.|12.000 Änderungen warten auf diesem Gerät. Es wird nichts übertragen, bis Sie „Offline arbeiten“ wieder ausschalten.',
    );
  });

  it('says that the device is revoked', () => {
    expect(say({ connection: 'revoked', pendingChanges: 2 })).toMatch(/^Dieses Gerät ist gesperrt\.\|.*2 Änderungen/);
  });
});

describe('deedWords', () => {
  const words = (deed: Parameters<typeof deedWords>[0]) => deedWords(deed, 'de');

  it('says what was done', () => {
    expect(words({ deed: 'created', entity: 'person', fields: ['firstName'], more: 0 })).toBe('Person angelegt');
    expect(words({ deed: 'deleted', entity: 'property', fields: [], more: 4 })).toBe(
      'Objekt gelöscht · 4 weitere Änderungen',
    );
    expect(words({ deed: 'restored', entity: 'unit', fields: [], more: 0 })).toBe('Einheit wiederhergestellt');
    expect(words({ deed: 'changed', entity: 'person', fields: ['mobile', 'email'], more: 0 })).toBe(
      'Mobil, E-Mail geändert',
    );
  });

  it('keeps long lists of fields short, and says what it has no word for by its own name', () => {
    expect(
      words({ deed: 'changed', entity: 'property', fields: ['street', 'houseNumber', 'city', 'x'], more: 0 }),
    ).toBe('Straße, Hausnummer und 2 weitere Angaben geändert');
    expect(words({ deed: 'created', entity: 'ledgerAccount', fields: [], more: 0 })).toBe('ledgerAccount angelegt');
  });

  it('leaves out what only travels with another field', () => {
    expect(words({ deed: 'changed', entity: 'notice', fields: ['state', 'publishedAt'], more: 0 })).toBe(
      'Veröffentlichung geändert',
    );
  });

  it('says that a conflict was settled', () => {
    expect(words({ deed: 'changed', entity: 'conflict', fields: ['resolvedAt'], more: 0 })).toBe('Konflikt erledigt');
  });
});

describe('secondsWords', () => {
  it.each([
    [20, 'unter einer Minute'],
    [90, '2 Min.'],
    [5400, '1 Std. 30 Min.'],
    [7200, '2 Std.'],
  ])('says %i seconds', (seconds, words) => {
    expect(secondsWords(seconds, 'de')).toBe(words);
  });
});
