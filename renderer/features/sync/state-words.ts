import type { SyncState } from '../../../shared/features/sync/contract.ts';
import type { DeedKind } from '../../../shared/features/sync/journal-contract.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { formatAge, formatCount, formatTime, formatWhen } from '../../../shared/ui/format.ts';
import { defineTexts, type Language, textsFor } from '../../../shared/ui/texts.ts';
import { entityTexts, entityWord, fieldWord } from './entity-texts.ts';

const texts = defineTexts({
  de: {
    done: 'Alles ist abgeglichen.',
    doneBody: 'Zuletzt bestätigt {{when}}. Dieses Gerät und das Portal haben denselben Stand.',
    doneBut_one: 'Abgeglichen, bis auf {{number}} abgelehnte Änderung.',
    doneBut_other: 'Abgeglichen, bis auf {{number}} abgelehnte Änderungen.',
    doneButBody: 'Zuletzt bestätigt {{when}}. Was abgelehnt wurde, steht unten und wartet auf Sie.',
    doneAt: 'um {{time}} Uhr',
    never: 'Noch nicht abgeglichen.',
    neverBody: 'Dieses Gerät ist verbunden; der erste Abgleich läuft gleich an.',
    wait_one: '{{what}} wartet.',
    wait_other: '{{what}} warten.',
    changes_one: '{{number}} Änderung',
    changes_other: '{{number}} Änderungen',
    files_one: '{{number}} Datei',
    files_other: '{{number}} Dateien',
    both: '{{changes}} und {{files}}',
    running: 'Die Übertragung läuft. Sie können weiterarbeiten.',
    connecting: 'Die Verbindung zum Portal wird aufgebaut. Sie können weiterarbeiten.',
    connectingTitle: 'Verbindung wird aufgebaut …',
    unreachable: 'Das Portal ist nicht erreichbar.',
    unreachableSince: 'Das Portal ist seit {{age}} nicht erreichbar.',
    goOn: 'Sie können weiterarbeiten: Ihre Eingaben sind auf diesem Gerät gespeichert und werden übertragen, sobald das Portal wieder antwortet.',
    stuck: 'Der Abgleich stockt. Ihre Eingaben sind auf diesem Gerät gespeichert; es wird von selbst weiter versucht.',
    stuckTitle: 'Der Abgleich stockt.',
    paused: 'Sie arbeiten offline.',
    pausedNothing: 'Es wird nichts übertragen, bis Sie „Offline arbeiten“ wieder ausschalten.',
    pausedBody_one: '{{what}} wartet auf diesem Gerät. {{nothing}}',
    pausedBody_other: '{{what}} warten auf diesem Gerät. {{nothing}}',
    revoked: 'Dieses Gerät ist gesperrt.',
    revokedBody:
      'Ein Verwalter hat es gesperrt; es gleicht nicht mehr ab. Was Sie eingegeben haben, ist noch hier. Bitte wenden Sie sich an Ihre Verwaltung.',
    revokedWaiting_one:
      'Ein Verwalter hat es gesperrt; es gleicht nicht mehr ab. {{what}} ist nicht mehr übertragen worden und liegt noch hier. Bitte wenden Sie sich an Ihre Verwaltung.',
    revokedWaiting_other:
      'Ein Verwalter hat es gesperrt; es gleicht nicht mehr ab. {{what}} sind nicht mehr übertragen worden und liegen noch hier. Bitte wenden Sie sich an Ihre Verwaltung.',
    old: 'Treppenhaus auf diesem Gerät muss aktualisiert werden.',
    oldBody:
      'Das Portal ist neuer als dieses Programm. Ihre Änderungen sind gespeichert und werden nach der Aktualisierung übertragen.',
    new: 'Das Portal muss aktualisiert werden.',
    newBody:
      'Dieses Programm ist neuer als das Portal. Ihre Änderungen sind gespeichert und werden übertragen, sobald das Portal aktualisiert ist.',
    alone: 'Mit keinem Portal verbunden.',
    created: '{{entity}} angelegt',
    deleted: '{{entity}} gelöscht',
    restored: '{{entity}} wiederhergestellt',
    changed: '{{fields}} geändert',
    touched: '{{entity}} geändert',
    settled: 'Konflikt erledigt',
    furtherFields: '{{fields}} und {{count}} weitere Angaben',
    more_one: '{{words}} · {{number}} weitere Änderung',
    more_other: '{{words}} · {{number}} weitere Änderungen',
    moment: 'unter einer Minute',
    minutes: '{{minutes}} Min.',
    hours: '{{hours}} Std.',
    hoursMinutes: '{{hours}} Std. {{minutes}} Min.',
  },
  en: {
    done: 'Everything is in sync.',
    doneBody: 'Last confirmed {{when}}. This device and the portal hold the same.',
    doneBut_one: 'In sync, but for {{number}} refused change.',
    doneBut_other: 'In sync, but for {{number}} refused changes.',
    doneButBody: 'Last confirmed {{when}}. What was refused stands below and waits for you.',
    doneAt: 'at {{time}}',
    never: 'Not synced yet.',
    neverBody: 'This device is connected; the first sync begins in a moment.',
    wait_one: '{{what}} waiting.',
    wait_other: '{{what}} waiting.',
    changes_one: '{{number}} change',
    changes_other: '{{number}} changes',
    files_one: '{{number}} file',
    files_other: '{{number}} files',
    both: '{{changes}} and {{files}}',
    running: 'The transfer is running. You can go on working.',
    connecting: 'Connecting to the portal. You can go on working.',
    connectingTitle: 'Connecting …',
    unreachable: 'The portal cannot be reached.',
    unreachableSince: 'The portal has not been reachable for {{age}}.',
    goOn: 'You can go on working: what you enter is saved on this device and is transferred once the portal answers again.',
    stuck: 'The sync does not get on. What you entered is saved on this device; it is tried again by itself.',
    stuckTitle: 'The sync does not get on.',
    paused: 'You are working offline.',
    pausedNothing: 'Nothing is transferred until you switch “Work offline” off again.',
    pausedBody_one: '{{what}} waiting on this device. {{nothing}}',
    pausedBody_other: '{{what}} waiting on this device. {{nothing}}',
    revoked: 'This device is revoked.',
    revokedBody:
      'A manager has revoked it; it no longer syncs. What you entered is still here. Please contact your company.',
    revokedWaiting_one:
      'A manager has revoked it; it no longer syncs. {{what}} was not transferred and is still here. Please contact your company.',
    revokedWaiting_other:
      'A manager has revoked it; it no longer syncs. {{what}} were not transferred and are still here. Please contact your company.',
    old: 'Treppenhaus on this device has to be updated.',
    oldBody: 'The portal is newer than this program. Your changes are saved and are transferred after the update.',
    new: 'The portal has to be updated.',
    newBody:
      'This program is newer than the portal. Your changes are saved and are transferred once the portal is updated.',
    alone: 'Connected to no portal.',
    created: '{{entity}} created',
    deleted: '{{entity}} deleted',
    restored: '{{entity}} restored',
    changed: '{{fields}} changed',
    touched: '{{entity}} changed',
    settled: 'Conflict settled',
    furtherFields: '{{fields}} and {{count}} more fields',
    more_one: '{{words}} · {{number}} more change',
    more_other: '{{words}} · {{number}} more changes',
    moment: 'less than a minute',
    minutes: '{{minutes}} min',
    hours: '{{hours}} h',
    hoursMinutes: '{{hours}} h {{minutes}} min',
  },
});

interface StateWords {
  /** One plain sentence. */
  readonly title: string;
  /** What it means for whoever reads it. */
  readonly body: string;
}

/** How the desk stands with the viewer, for somebody who has never heard of a sync. */
export function stateWords(state: SyncState, now: number, language: Language): StateWords {
  const t = textsFor(language, texts);
  const waiting = waitingWords(state, language);
  const count = state.pendingChanges + state.pendingUploads;
  switch (state.connection) {
    case 'online':
      if (waiting !== '') return { title: t('wait', { count, what: waiting }), body: t('running') };
      if (state.confirmedAt === null) return { title: t('never'), body: t('neverBody') };
      if (state.rejected > 0) {
        const when = whenWords(state.confirmedAt, now, language);
        const number = formatCount(state.rejected, language);
        return { title: t('doneBut', { count: state.rejected, number }), body: t('doneButBody', { when }) };
      }
      return { title: t('done'), body: t('doneBody', { when: whenWords(state.confirmedAt, now, language) }) };
    case 'connecting':
      return {
        title: waiting === '' ? t('connectingTitle') : t('wait', { count, what: waiting }),
        body: t('connecting'),
      };
    case 'offline':
      return offlineWords(state, waiting, now, language);
    case 'paused':
      return {
        title: t('paused'),
        body:
          waiting === '' ? t('pausedNothing') : t('pausedBody', { count, what: waiting, nothing: t('pausedNothing') }),
      };
    case 'revoked':
      return {
        title: t('revoked'),
        body: waiting === '' ? t('revokedBody') : t('revokedWaiting', { count, what: waiting }),
      };
    case 'update-needed':
      return state.updateNeeded === 'viewer' || state.lastError === 'protocol-too-new'
        ? { title: t('new'), body: t('newBody') }
        : { title: t('old'), body: t('oldBody') };
    case 'not-paired':
      return { title: t('alone'), body: '' };
  }
}

function offlineWords(state: SyncState, waiting: string, now: number, language: Language): StateWords {
  const t = textsFor(language, texts);
  const count = state.pendingChanges + state.pendingUploads;
  const title = waiting === '' ? null : t('wait', { count, what: waiting });
  if (isTrouble(state.lastError)) return { title: title ?? t('stuckTitle'), body: t('stuck') };
  const minutes = state.failingSince === null ? 0 : (now - Date.parse(state.failingSince)) / 60_000;
  const away =
    state.failingSince === null || minutes < 1
      ? t('unreachable')
      : t('unreachableSince', { age: formatAge(state.failingSince, now, language) });
  return title === null ? { title: away, body: t('goOn') } : { title, body: `${away} ${t('goOn')}` };
}

/** Whether the last error is something else than a line that is not there. */
export function isTrouble(code: string | null): boolean {
  return code !== null && code !== 'viewer-unreachable' && code !== 'offline' && code !== 'cancelled';
}

/** "3 Änderungen und 1 Datei"; empty where nothing waits. */
function waitingWords({ pendingChanges, pendingUploads }: SyncState, language: Language): string {
  const t = textsFor(language, texts);
  const changes = t('changes', { count: pendingChanges, number: formatCount(pendingChanges, language) });
  const files = t('files', { count: pendingUploads, number: formatCount(pendingUploads, language) });
  if (pendingChanges > 0 && pendingUploads > 0) return t('both', { changes, files });
  if (pendingChanges > 0) return changes;
  return pendingUploads > 0 ? files : '';
}

function whenWords(instant: string, now: number, language: Language): string {
  const today = berlinDate(Date.parse(instant)) === berlinDate(now);
  return today
    ? textsFor(language, texts)('doneAt', { time: formatTime(instant) })
    : formatWhen(instant, now, language);
}

/** Fields that travel with others and say nothing by themselves. */
const bookkeeping: ReadonlySet<string> = new Set(['publishedAt', 'releasedAt', 'statusSeen']);
/** Fields that are named; of more only the number is said. */
const namedFields = 3;

interface Deed {
  readonly deed: DeedKind;
  readonly entity: string;
  readonly fields: readonly string[];
  /** Further changes of the same deed. */
  readonly more: number;
}

/** "Mobil, E-Mail geändert", "Objekt gelöscht · 4 weitere": a deed that waits. */
export function deedWords({ deed, entity, fields, more }: Deed, language: Language): string {
  const t = textsFor(language, texts);
  const words =
    deed === 'changed' ? changeWords(entity, fields, language) : t(deed, { entity: entityName(entity, language) });
  return more > 0 ? t('more', { count: more, words, number: formatCount(more, language) }) : words;
}

function changeWords(entity: string, fields: readonly string[], language: Language): string {
  const t = textsFor(language, texts);
  if (entity === 'conflict') return t('settled');
  if (fields.length === 0) return t('touched', { entity: entityName(entity, language) });
  const told = fields.filter((field) => !bookkeeping.has(field));
  const named = (told.length === 0 ? fields : told).map((field) => fieldName(entity, field, language));
  if (named.length <= namedFields) return t('changed', { fields: named.join(', ') });
  const shown = named.slice(0, namedFields - 1).join(', ');
  return t('changed', { fields: t('furtherFields', { fields: shown, count: named.length - namedFields + 1 }) });
}

/** What people call an entity; its own name where a newer version brought it. */
export function entityName(entity: string, language: Language): string {
  const word = entityWord(entity);
  return word === null ? entity : textsFor(language, entityTexts)(word);
}

/** What people call a field of an entity. */
export function fieldName(entity: string, field: string, language: Language): string {
  const word = fieldWord(entity, field);
  return word === null ? field : textsFor(language, entityTexts)(word);
}

/** A stretch of time as people say it: "unter einer Minute", "2 Min.", "1 Std. 30 Min.". */
export function secondsWords(seconds: number, language: Language): string {
  const t = textsFor(language, texts);
  if (seconds < 45) return t('moment');
  const all = Math.max(1, Math.round(seconds / 60));
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  if (hours === 0) return t('minutes', { minutes });
  return minutes === 0 ? t('hours', { hours }) : t('hoursMinutes', { hours, minutes });
}
