import type { ErrorCode, ErrorDetails } from '../lib/errors.ts';
import { formatFileSize } from './format.ts';
import { revocationText } from './revocation-texts.ts';
import { defineTexts, type Language, textsFor, useLanguage } from './texts.ts';

/**
 * A heading and a sentence for every error code: what happened, what was kept, what to do. Details that fit are woven
 * in: `name` (of a file), `limit` and `size` (bytes), `seconds` (to wait), `minLength`, `maxLength` and `reason` (of a password), `at` (whose disk is full), `number` and `label` (what already exists).
 */
type Headings = { readonly [Code in ErrorCode]: string };

const germanHeadings = {
  'not-signed-in': 'Bitte neu anmelden',
  'not-found': 'Nicht gefunden',
  'forbidden-sender': 'Zugriff abgelehnt',
  'too-many-requests': 'Bitte kurz warten',
  'unknown-operation': 'Nicht verfügbar',
  'invalid-input': 'Eingaben prüfen',
  'too-large': 'Zu viel auf einmal',
  conflict: 'Zwischenzeitlich geändert',
  'already-exists': 'Gibt es schon',
  'not-possible-now': 'Im Moment nicht möglich',
  'file-empty': 'Leere Datei',
  'file-too-large': 'Datei zu groß',
  'file-type-not-allowed': 'Dateityp nicht möglich',
  'file-content-mismatch': 'Inhalt passt nicht zum Namen',
  'file-name-invalid': 'Dateiname nicht möglich',
  'file-missing': 'Datei fehlt noch',
  'disk-full': 'Kein Speicherplatz',
  'wrong-credentials': 'Anmeldung nicht möglich',
  'wrong-code': 'Code nicht richtig',
  'password-too-weak': 'Passwort zu schwach',
  'invitation-invalid': 'Einladung ungültig',
  'invitation-expired': 'Einladung abgelaufen',
  'invitation-used': 'Einladung schon benutzt',
  'pairing-code-invalid': 'Code ungültig',
  'device-revoked': 'Gerät gesperrt',
  'device-forked': 'Kopie eines Geräts',
  'viewer-unreachable': 'Dienst nicht erreichbar',
  'viewer-full': 'Kein Platz beim Dienst',
  offline: 'Keine Verbindung',
  'protocol-too-old': 'Aktualisierung nötig',
  'protocol-too-new': 'Dienst ist älter',
  'rejected-immutable': 'Nicht mehr änderbar',
  'rejected-role': 'Dafür fehlt Ihnen das Recht',
  'rejected-schema': 'Änderung nicht angenommen',
  'rejected-erased': 'Endgültig gelöscht',
  'rejected-reference': 'Verknüpfung fehlt',
  'import-unreadable': 'Datei nicht lesbar',
  'import-has-problems': 'Noch nicht importiert',
  cancelled: 'Abgebrochen',
  internal: 'Unerwarteter Fehler',
} as const satisfies Headings;

const englishHeadings = {
  'not-signed-in': 'Please sign in again',
  'not-found': 'Not found',
  'forbidden-sender': 'Access refused',
  'too-many-requests': 'Please wait a moment',
  'unknown-operation': 'Not available',
  'invalid-input': 'Check your entries',
  'too-large': 'Too much at once',
  conflict: 'Changed in the meantime',
  'already-exists': 'Already exists',
  'not-possible-now': 'Not possible right now',
  'file-empty': 'Empty file',
  'file-too-large': 'File too large',
  'file-type-not-allowed': 'File type not accepted',
  'file-content-mismatch': 'Content does not match the name',
  'file-name-invalid': 'File name not accepted',
  'file-missing': 'File not here yet',
  'disk-full': 'No space left',
  'wrong-credentials': 'Sign-in failed',
  'wrong-code': 'Wrong code',
  'password-too-weak': 'Password too weak',
  'invitation-invalid': 'Invitation not valid',
  'invitation-expired': 'Invitation expired',
  'invitation-used': 'Invitation already used',
  'pairing-code-invalid': 'Code not valid',
  'device-revoked': 'Device locked',
  'device-forked': 'Copy of a device',
  'viewer-unreachable': 'Service not reachable',
  'viewer-full': 'No room at the service',
  offline: 'No connection',
  'protocol-too-old': 'Update needed',
  'protocol-too-new': 'The service is older',
  'rejected-immutable': 'Can no longer be changed',
  'rejected-role': 'You lack the right for this',
  'rejected-schema': 'Change not accepted',
  'rejected-erased': 'Erased for good',
  'rejected-reference': 'Link missing',
  'import-unreadable': 'File not readable',
  'import-has-problems': 'Not imported yet',
  cancelled: 'Cancelled',
  internal: 'Unexpected error',
} as const satisfies Headings;

const headings = defineTexts({ de: germanHeadings, en: englishHeadings });

/** `{{file}}` reads "Die Datei" or "Die Datei „x.pdf“"; `{{limit}}` reads " als 50 MB" or nothing. */
const germanSentences = {
  'not-signed-in':
    'Ihre Anmeldung ist abgelaufen. Was Sie schon gesendet haben, ist gespeichert. Bitte melden Sie sich neu an.',
  'not-found':
    'Der Eintrag ist nicht vorhanden oder nicht für Sie freigegeben. Es wurde nichts verändert. Bitte gehen Sie zurück zur Übersicht.',
  'forbidden-sender':
    'Die Anfrage kam nicht aus diesem Fenster und wurde nicht ausgeführt. Es wurde nichts verändert. Bitte starten Sie Treppenhaus neu.',
  'too-many-requests':
    'Das waren zu viele Versuche in kurzer Zeit. Ihre Eingaben sind noch da. Bitte versuchen Sie es {{wait}} erneut.',
  'unknown-operation':
    'Diese Funktion gibt es in Ihrer Version nicht. Es wurde nichts verändert. Bitte laden Sie die Seite neu oder aktualisieren Sie Treppenhaus.',
  'invalid-input':
    'Einige Angaben fehlen oder passen nicht und wurden nicht gespeichert. Ihre Eingaben sind noch da. Bitte prüfen Sie die markierten Felder.',
  'too-large':
    'Das ist mehr{{limit}} und wurde nicht übernommen. Ihre Eingaben sind noch da. Bitte kürzen Sie den Text oder teilen Sie ihn auf.',
  conflict:
    'Jemand anderes hat das inzwischen geändert. Ihre Eingaben sind noch da. Bitte sehen Sie sich den neuen Stand an und speichern Sie dann erneut.',
  'already-exists':
    '{{subject}} gibt es schon und wurde nicht noch einmal angelegt. Ihre Eingaben sind noch da. Bitte wählen Sie eine andere Bezeichnung.',
  'not-possible-now':
    'Das geht im Moment nicht. Es wurde nichts verändert. Bitte laden Sie die Ansicht neu und versuchen Sie es noch einmal.',
  'file-empty':
    '{{file}} ist leer und wurde nicht übernommen. Alle anderen Eingaben sind noch da. Bitte prüfen Sie die Datei und wählen Sie sie erneut.',
  'file-too-large':
    '{{file}} ist größer{{limit}} und wurde nicht übernommen. Alle anderen Eingaben sind noch da. Bitte verkleinern oder teilen Sie die Datei.',
  'file-type-not-allowed':
    '{{file}} hat einen Typ, den wir nicht annehmen, und wurde nicht übernommen. Alle anderen Eingaben sind noch da. Gut geeignet sind PDF, Fotos und Office-Dokumente.',
  'file-content-mismatch':
    '{{file}} enthält etwas anderes, als die Endung sagt, und wurde nicht übernommen. Alle anderen Eingaben sind noch da. Bitte öffnen Sie die Datei und speichern Sie sie neu.',
  'file-name-invalid':
    '{{file}} hat einen Namen mit Zeichen, die nicht möglich sind, und wurde nicht übernommen. Alle anderen Eingaben sind noch da. Bitte benennen Sie die Datei um.',
  'file-missing':
    '{{file}} ist noch nicht auf diesem Gerät. Verloren ist nichts: Sie wird geladen, sobald eine Verbindung besteht.',
  'disk-full':
    'Auf dem Datenträger ist kein Platz mehr, deshalb wurde nichts gespeichert. Bisher Gespeichertes ist unverändert. Bitte schaffen Sie Platz und versuchen Sie es erneut.',
  'wrong-credentials':
    'E-Mail-Adresse oder Passwort stimmen nicht. Bitte prüfen Sie beides oder lassen Sie sich einen Link für ein neues Passwort schicken.',
  'wrong-code':
    'Dieser Code stimmt nicht oder ist abgelaufen. Bitte nehmen Sie den, den die App jetzt anzeigt, oder einen Ihrer Notfallcodes.',
  'password-too-weak':
    'Das Passwort ist zu leicht zu erraten und wurde nicht gesetzt. Bitte nehmen Sie {{length}}, zum Beispiel vier Wörter, die nicht zusammengehören.',
  'invitation-invalid':
    'Dieser Link oder Code ist nicht gültig. Bitte prüfen Sie, ob er vollständig ist, oder bitten Sie Ihre Verwaltung um eine neue Einladung.',
  'invitation-expired':
    'Diese Einladung galt 30 Tage und ist abgelaufen. Bitte bitten Sie Ihre Verwaltung um eine neue; sie kommt dann per E-Mail oder Brief.',
  'invitation-used':
    'Mit dieser Einladung wurde schon ein Zugang angelegt. Bitte melden Sie sich mit Ihrem Passwort an.',
  'pairing-code-invalid':
    'Der Code stimmt nicht oder ist abgelaufen. Dieses Gerät wurde nicht verbunden, Ihre Daten sind unverändert. Bitte lassen Sie sich einen neuen Code geben.',
  'device-revoked':
    'Dieses Gerät wurde von Ihrer Verwaltung gesperrt und gleicht nicht mehr ab. Was hier gespeichert ist, bleibt erhalten. Bitte wenden Sie sich an Ihre Verwaltung.',
  'device-forked':
    'Diese Datenbank ist eine Kopie oder ein älterer Stand eines anderen Geräts. Es ging nichts verloren: Treppenhaus meldet sie als eigenes Gerät an und gleicht dann weiter ab.',
  'viewer-full':
    'Beim Dienst ist kein Speicherplatz frei. Was Sie gespeichert haben, ist auf diesem Computer sicher und wird übertragen, sobald dort wieder Platz ist. Bitte sagen Sie es dem Betreiber des Dienstes.',
  'viewer-unreachable':
    'Der Dienst antwortet gerade nicht. Was Sie gespeichert oder hier eingegeben haben, ist noch da. Bitte versuchen Sie es in ein paar Minuten erneut.',
  offline:
    'Es besteht keine Verbindung zum Internet. Was Sie gespeichert oder hier eingegeben haben, ist noch da. Bitte versuchen Sie es erneut, sobald Sie wieder verbunden sind.',
  'protocol-too-old':
    'Diese Version ist zu alt für den Abgleich. Ihre Änderungen sind auf diesem Gerät gespeichert und warten. Bitte aktualisieren Sie Treppenhaus.',
  'protocol-too-new':
    'Der Dienst ist älter als Ihre Version und kann noch nicht abgleichen. Ihre Änderungen sind auf diesem Gerät gespeichert und warten, bis er aktualisiert ist.',
  'rejected-immutable':
    'Gesendete Nachrichten und Belege lassen sich nicht nachträglich ändern. Der bisherige Stand gilt weiter. Bitte schreiben Sie einen neuen Eintrag.',
  'rejected-role':
    'Diese Änderung dürfen nur Verwalter vornehmen; sie wurde nicht übernommen. Der bisherige Stand gilt weiter. Bitte wenden Sie sich an jemanden mit diesem Recht.',
  'rejected-schema':
    'Der Dienst konnte die Änderung nicht annehmen. Sie steht mit allen Werten im Protokoll der Konflikte. Bitte prüfen Sie die Angaben und speichern Sie neu.',
  'rejected-erased':
    'Diese Daten wurden nach Datenschutzrecht endgültig gelöscht und lassen sich nicht wieder anlegen. Alle anderen Daten sind unverändert.',
  'rejected-reference':
    'Die Änderung bezieht sich auf etwas, das es nicht mehr gibt, und wurde nicht übernommen. Sie steht im Protokoll der Konflikte. Bitte prüfen Sie die Verknüpfung.',
  'import-unreadable':
    '{{file}} lässt sich nicht als Tabelle lesen. Es wurde nichts importiert. Bitte speichern Sie sie als CSV und wählen Sie sie erneut.',
  'import-has-problems':
    'Einige Zeilen haben noch Fehler. Es wurde nichts importiert. Bitte sehen Sie die Liste durch, korrigieren Sie die Datei oder die Zuordnung und versuchen Sie es erneut.',
  cancelled: 'Der Vorgang wurde abgebrochen. Es wurde nichts verändert.',
  internal:
    'Das hat nicht geklappt, und der Grund liegt bei uns. Was vorher gespeichert war, ist unverändert. Bitte versuchen Sie es noch einmal.',
} as const satisfies Headings;

const englishSentences = {
  'not-signed-in': 'Your sign-in has expired. What you have already sent is saved. Please sign in again.',
  'not-found':
    'This entry does not exist or has not been released to you. Nothing was changed. Please go back to the overview.',
  'forbidden-sender':
    'The request did not come from this window and was not carried out. Nothing was changed. Please restart Treppenhaus.',
  'too-many-requests': 'Too many attempts in a short time. What you entered is still here. Please try again {{wait}}.',
  'unknown-operation':
    'Your version does not know this function. Nothing was changed. Please reload the page or update Treppenhaus.',
  'invalid-input':
    'Some entries are missing or do not fit and were not saved. What you entered is still here. Please check the marked fields.',
  'too-large':
    'This is more{{limit}} and was not accepted. What you entered is still here. Please shorten the text or split it.',
  conflict:
    'Somebody else has changed this in the meantime. What you entered is still here. Please look at the new state, then save again.',
  'already-exists':
    '{{subject}} already exists and was not created again. What you entered is still here. Please choose another name.',
  'not-possible-now': 'This is not possible right now. Nothing was changed. Please reload the view and try once more.',
  'file-empty':
    '{{file}} is empty and was not added. Everything else you entered is still here. Please check the file and choose it again.',
  'file-too-large':
    '{{file}} is larger{{limit}} and was not added. Everything else you entered is still here. Please make the file smaller or split it.',
  'file-type-not-allowed':
    '{{file}} is of a type we do not accept and was not added. Everything else you entered is still here. PDF, photos and office documents work well.',
  'file-content-mismatch':
    '{{file}} holds something else than its extension says and was not added. Everything else you entered is still here. Please open the file and save it again.',
  'file-name-invalid':
    '{{file}} has a name with characters that are not possible and was not added. Everything else you entered is still here. Please rename the file.',
  'file-missing': '{{file}} is not on this device yet. Nothing is lost: it loads as soon as there is a connection.',
  'disk-full':
    'The disk is full, so nothing was saved. What was saved before is unchanged. Please make room and try again.',
  'wrong-credentials':
    'E-mail address or password is wrong. Please check both, or have a link for a new password sent to you.',
  'wrong-code':
    'This code is not right or has expired. Please take the one that the app shows now, or one of your recovery codes.',
  'password-too-weak':
    'The password is too easy to guess and was not set. Please use {{length}}, for example four words that do not belong together.',
  'invitation-invalid':
    'This link or code is not valid. Please check that it is complete, or ask your property manager for a new invitation.',
  'invitation-expired':
    'This invitation was valid for 30 days and has expired. Please ask your property manager for a new one; it will come by e-mail or letter.',
  'invitation-used': 'An account has already been created with this invitation. Please sign in with your password.',
  'pairing-code-invalid':
    'The code is wrong or has expired. This device was not connected and your data are unchanged. Please ask for a new code.',
  'device-revoked':
    'This device was locked by your company and no longer syncs. What is stored here is kept. Please contact your company.',
  'device-forked':
    'This database is a copy or an older state of another device. Nothing was lost: Treppenhaus registers it as a device of its own and then goes on syncing.',
  'viewer-full':
    'The service has no room left. What you saved is safe on this computer and is sent as soon as there is room again. Please tell whoever runs the service.',
  'viewer-unreachable':
    'The service does not answer right now. What you saved or entered here is still there. Please try again in a few minutes.',
  offline:
    'There is no connection to the internet. What you saved or entered here is still there. Please try again once you are connected.',
  'protocol-too-old':
    'This version is too old to sync. Your changes are saved on this device and are waiting. Please update Treppenhaus.',
  'protocol-too-new':
    'The service is older than your version and cannot sync yet. Your changes are saved on this device and wait until it has been updated.',
  'rejected-immutable':
    'Messages and receipts that were sent cannot be changed afterwards. What was there before still stands. Please write a new entry.',
  'rejected-role':
    'Only managers may make this change; it was not accepted. What was there before still stands. Please ask somebody who has the right.',
  'rejected-schema':
    'The service could not accept the change. It is in the journal of conflicts with all its values. Please check the entries and save again.',
  'rejected-erased':
    'These data were erased for good under data protection law and cannot be created again. All other data are unchanged.',
  'rejected-reference':
    'The change refers to something that no longer exists and was not accepted. It is in the journal of conflicts. Please check the link.',
  'import-unreadable':
    '{{file}} cannot be read as a table. Nothing was imported. Please save it as CSV and choose it again.',
  'import-has-problems':
    'Some rows still have errors. Nothing was imported. Please go through the list, correct the file or the mapping, and try again.',
  cancelled: 'This was cancelled. Nothing was changed.',
  internal:
    'This did not work, and the reason is on our side. What was saved before is unchanged. Please try once more.',
} as const satisfies Headings;

const sentences = defineTexts({ de: germanSentences, en: englishSentences });

const pieces = defineTexts({
  de: {
    file: 'Die Datei',
    namedFile: 'Die Datei „{{name}}“',
    limit: ' als {{size}}',
    noLimit: ' als erlaubt',
    soon: 'in ein paar Minuten',
    wait_one: 'in einer Minute',
    wait_other: 'in {{count}} Minuten',
    hours_one: 'in einer Stunde',
    hours_other: 'in {{count}} Stunden',
    length: 'mindestens {{count}} Zeichen',
    longer: 'ein längeres',
    this: 'Das',
    named: '„{{name}}“',
  },
  en: {
    file: 'The file',
    namedFile: 'The file “{{name}}”',
    limit: ' than {{size}}',
    noLimit: ' than allowed',
    soon: 'in a few minutes',
    wait_one: 'in a minute',
    wait_other: 'in {{count}} minutes',
    hours_one: 'in an hour',
    hours_other: 'in {{count}} hours',
    length: 'at least {{count}} characters',
    longer: 'a longer one',
    this: 'This',
    named: '“{{name}}”',
  },
});

/** A full disk of the service is nothing that the person could mend. */
const elsewhereTexts = defineTexts({
  de: {
    nothing:
      'Beim Dienst ist gerade kein Speicherplatz frei, deshalb wurde nichts gespeichert. Was Sie eingegeben haben, ist noch da. Bitte versuchen Sie es später erneut.',
    full: 'Beim Dienst ist gerade kein Speicherplatz frei. {{file}} wurde nicht übernommen, alle anderen Eingaben sind noch da. Bitte versuchen Sie es später erneut.',
  },
  en: {
    nothing:
      'The service has no room left at the moment, so nothing was saved. What you entered is still here. Please try again later.',
    full: 'The service has no room left at the moment. {{file}} was not added, everything else you entered is still here. Please try again later.',
  },
});

/** A database that a newer version has written is as new to this program as a service would be, and the way on is another. */
const newerDataTexts = defineTexts({
  de: {
    title: 'Aktualisierung nötig',
    sentence:
      'Die Daten auf diesem Computer hat eine neuere Version von Treppenhaus geschrieben. Sie sind unverändert und vollständig da. Bitte aktualisieren Sie Treppenhaus auf diesem Computer.',
  },
  en: {
    title: 'Update needed',
    sentence:
      'The data on this computer were written by a newer version of Treppenhaus. They are all there and unchanged. Please update Treppenhaus on this computer.',
  },
});

/** Why a password was refused, where "too easy to guess" would not say it. */
const passwordTexts = defineTexts({
  de: {
    longTitle: 'Passwort zu lang',
    long: 'Das Passwort ist zu lang und wurde nicht gesetzt. Bitte nehmen Sie höchstens {{count}} Zeichen.',
    personalTitle: 'Passwort zu schwach',
    personal:
      'Das Passwort besteht vor allem aus Ihrem Namen oder Ihrer E-Mail-Adresse und wurde nicht gesetzt. Bitte nehmen Sie {{length}}, zum Beispiel vier Wörter, die nicht zusammengehören.',
  },
  en: {
    longTitle: 'Password too long',
    long: 'The password is too long and was not set. Please use at most {{count}} characters.',
    personalTitle: 'Password too weak',
    personal:
      'The password is little more than your name or e-mail address and was not set. Please use {{length}}, for example four words that do not belong together.',
  },
});

/** What a face shows for a failed operation. */
export interface ErrorText {
  readonly title: string;
  /** What happened, what was kept, what to do. */
  readonly sentence: string;
}

function textDetail(details: ErrorDetails, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = details[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

function numberDetail(details: ErrorDetails, name: string): number | null {
  const value = details[name];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** Minutes up to an hour and a half, then hours. */
function waitText(language: Language, seconds: number): string {
  const piece = textsFor(language, pieces);
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? piece('wait', { count: minutes }) : piece('hours', { count: Math.ceil(minutes / 60) });
}

/** Heading and sentence for an error code in a language. Details it does not know are left out. */
export function errorText(language: Language, code: ErrorCode, details: ErrorDetails = {}): ErrorText {
  const piece = textsFor(language, pieces);
  const name = textDetail(details, 'name', 'fileName');
  const label = textDetail(details, 'label', 'number', 'name');
  const limit = numberDetail(details, 'limit');
  const seconds = numberDetail(details, 'seconds');
  const minLength = numberDetail(details, 'minLength');
  const values = {
    file: name === null ? piece('file') : piece('namedFile', { name }),
    limit: limit === null ? piece('noLimit') : piece('limit', { size: formatFileSize(limit, language) }),
    wait: seconds === null ? piece('soon') : waitText(language, seconds),
    length: minLength === null ? piece('longer') : piece('length', { count: minLength }),
    subject: label === null ? piece('this') : piece('named', { name: label }),
  };
  const title = textsFor(language, headings)(code);
  if (code === 'disk-full' && details.at === 'viewer') {
    return { title, sentence: textsFor(language, elsewhereTexts)(name === null ? 'nothing' : 'full', values) };
  }
  if (code === 'protocol-too-new' && details.reason === 'database') {
    const piece = textsFor(language, newerDataTexts);
    return { title: piece('title'), sentence: piece('sentence') };
  }
  if (code === 'device-revoked') {
    const known = revocationText(language, details);
    if (known !== null) return known;
  }
  if (code === 'password-too-weak') {
    const password = textsFor(language, passwordTexts);
    const maxLength = numberDetail(details, 'maxLength');
    if (details.reason === 'long' && maxLength !== null) {
      return { title: password('longTitle'), sentence: password('long', { count: maxLength }) };
    }
    if (details.reason === 'personal')
      return { title: password('personalTitle'), sentence: password('personal', values) };
  }
  return { title, sentence: textsFor(language, sentences)(code, values) };
}

/** `errorText` in the person's language. */
export function useErrorText(): (code: ErrorCode, details?: ErrorDetails) => ErrorText {
  const language = useLanguage();
  return (code, details) => errorText(language, code, details);
}
