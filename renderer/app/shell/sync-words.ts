import type { SyncState } from '../../../shared/features/sync/contract.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { formatTime, formatWhen } from '../../../shared/ui/format.ts';
import type { Tone } from '../../../shared/ui/status-badge.tsx';
import { defineTexts, type Language, textsFor } from '../../../shared/ui/texts.ts';

const texts = defineTexts({
  de: {
    'not-paired': 'Nur auf diesem Gerät',
    offline: 'Ohne Verbindung',
    connecting: 'Verbindet …',
    paused: 'Arbeitet offline',
    revoked: 'Gerät gesperrt',
    'update-needed': 'Aktualisierung nötig',
    confirmed: 'bestätigt {{when}}',
    never: 'noch nicht abgeglichen',
    waiting_one: '{{count}} wartet',
    waiting_other: '{{count}} warten',
    uploads_one: '{{count}} Datei wird übertragen',
    uploads_other: '{{count}} Dateien werden übertragen',
    queue_one: '{{count}} Datei wartet auf Übertragung',
    queue_other: '{{count}} Dateien warten auf Übertragung',
  },
  en: {
    'not-paired': 'On this device only',
    offline: 'No connection',
    connecting: 'Connecting …',
    paused: 'Working offline',
    revoked: 'Device revoked',
    'update-needed': 'Update needed',
    confirmed: 'confirmed {{when}}',
    never: 'not synced yet',
    waiting_one: '{{count}} waiting',
    waiting_other: '{{count}} waiting',
    uploads_one: '{{count}} file uploading',
    uploads_other: '{{count}} files uploading',
    queue_one: '{{count}} file waiting for upload',
    queue_other: '{{count}} files waiting for upload',
  },
});

/** The sync state in a few honest words, and how good it is. */
export function syncWords(
  state: SyncState,
  now: number,
  language: Language,
): { readonly tone: Tone; readonly words: string } {
  const t = textsFor(language, texts);
  const confirmed =
    state.confirmedAt === null ? t('never') : t('confirmed', { when: whenOf(state.confirmedAt, now, language) });
  const waiting = state.pendingChanges + state.pendingUploads;
  const parts = state.connection === 'online' ? [confirmed] : [t(state.connection)];
  if (state.connection !== 'online' && state.connection !== 'not-paired' && state.confirmedAt !== null)
    parts.push(confirmed);
  if (waiting > 0 && state.connection !== 'not-paired') parts.push(t('waiting', { count: waiting }));
  return { tone: toneOf(state, waiting), words: parts.join(' · ') };
}

/** Of today the time alone: it stands in the corner of the eye all day. */
function whenOf(instant: string, now: number, language: Language): string {
  const today = berlinDate(Date.parse(instant)) === berlinDate(now);
  return today ? formatTime(instant) : formatWhen(instant, now, language);
}

function toneOf(state: SyncState, waiting: number): Tone {
  switch (state.connection) {
    case 'online':
      return waiting > 0 ? 'active' : 'good';
    case 'connecting':
      return 'active';
    case 'not-paired':
      return 'neutral';
    case 'offline':
    case 'paused':
      return 'waiting';
    case 'revoked':
    case 'update-needed':
      return 'problem';
  }
}

/** "2 Dateien werden übertragen", or "warten auf Übertragung" while none is on its way; for the status bar. */
export function uploadWords(sync: SyncState, language: Language): string {
  const t = textsFor(language, texts);
  const running = sync.uploads.length;
  return running > 0 ? t('uploads', { count: running }) : t('queue', { count: sync.pendingUploads });
}
