import { describe, expect, it } from 'vitest';
import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { testSyncState as online } from '../../../tests/setup/sync-state.ts';
import { syncWords, uploadWords } from './sync-words.ts';

const now = Date.parse('2026-11-23T10:00:00.000Z');

describe('syncWords', () => {
  it('says when all was confirmed, in Berlin time', () => {
    expect(syncWords(online, now, 'de')).toEqual({ tone: 'good', words: 'bestätigt 10:42' });
  });

  it('is not good while something waits, changes and files together', () => {
    expect(syncWords({ ...online, pendingChanges: 2, pendingUploads: 1 }, now, 'de')).toEqual({
      tone: 'active',
      words: 'bestätigt 10:42 · 3 warten',
    });
  });

  it('never lets an old confirmation look like a connection', () => {
    expect(syncWords({ ...online, connection: 'offline', pendingChanges: 1 }, now, 'de')).toEqual({
      tone: 'waiting',
      words: 'Ohne Verbindung · bestätigt 10:42 · 1 wartet',
    });
    expect(syncWords({ ...online, connection: 'revoked' }, now, 'de').tone).toBe('problem');
  });

  it('counts nothing as waiting where there is nobody to wait for', () => {
    const alone: SyncState = { ...online, connection: 'not-paired', confirmedAt: null, pendingChanges: 900 };
    expect(syncWords(alone, now, 'de')).toEqual({ tone: 'neutral', words: 'Nur auf diesem Gerät' });
  });
});

describe('uploadWords', () => {
  it('says that files are on their way only while one is', () => {
    const upload = { sha256: 'a'.repeat(64), fileName: 'x.pdf', sent: 1, size: 2, bytesPerSecond: 0 };
    expect(uploadWords({ ...online, uploads: [upload], pendingUploads: 3 }, 'de')).toBe('1 Datei wird übertragen');
    expect(uploadWords({ ...online, pendingUploads: 3 }, 'de')).toBe('3 Dateien warten auf Übertragung');
  });
});
