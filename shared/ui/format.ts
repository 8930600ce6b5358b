import { berlinDate } from '../lib/dates.ts';
import type { Language } from './texts.ts';

/** Dates, numbers and names as people say them. "Now" is always an argument (milliseconds since 1970). */

const zone = 'Europe/Berlin';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const weekdays = {
  de: ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;

const months = {
  de: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const;

const longMonths = {
  de: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const;

const words = {
  de: {
    today: 'heute',
    yesterday: 'gestern',
    tomorrow: 'morgen',
    now: 'jetzt',
    min: 'Min.',
    hours: 'Std.',
    days: 'T.',
  },
  en: { today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow', now: 'now', min: 'min', hours: 'h', days: 'd' },
} as const;

const clock = new Intl.DateTimeFormat('de-DE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
}

function partsOf(calendarDay: string): Parts {
  const [year = 1970, month = 1, date = 1] = calendarDay.split('-').map(Number);
  return { year, month, date, weekday: new Date(Date.UTC(year, month - 1, date)).getUTCDay() };
}

/** Whole days from `a` to `b`, both `YYYY-MM-DD`. */
function daysBetween(a: string, b: string): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / day);
}

function dayAndMonth({ month, date }: Parts, language: Language): string {
  const name = months[language][month - 1] ?? '';
  return language === 'de' ? `${date}. ${name}` : `${date} ${name}`;
}

function nearDay(calendarDay: string, now: number, language: Language): string | null {
  const distance = daysBetween(berlinDate(now), calendarDay);
  const said = words[language];
  if (distance === 0) return said.today;
  if (distance === -1) return said.yesterday;
  return distance === 1 ? said.tomorrow : null;
}

function farDay(calendarDay: string, now: number, language: Language): string {
  const parts = partsOf(calendarDay);
  if (parts.year !== partsOf(berlinDate(now)).year) return `${dayAndMonth(parts, language)} ${parts.year}`;
  return `${weekdays[language][parts.weekday]}, ${dayAndMonth(parts, language)}`;
}

/** A calendar day: "heute", "gestern", "morgen", "Mo, 3. Nov.", in other years "3. Nov. 2024". */
export function formatDay(calendarDay: string, now: number, language: Language): string {
  return nearDay(calendarDay, now, language) ?? farDay(calendarDay, now, language);
}

/** A calendar day with nothing left out: "3. November 2026". */
export function formatDate(calendarDay: string, language: Language): string {
  const { year, month, date } = partsOf(calendarDay);
  const name = longMonths[language][month - 1] ?? '';
  return language === 'de' ? `${date}. ${name} ${year}` : `${date} ${name} ${year}`;
}

/** A calendar day for columns of a table: "03.11.2026", in English "03/11/2026". */
export function formatDateShort(calendarDay: string, language: Language): string {
  const [year = '', month = '', date = ''] = calendarDay.split('-');
  return language === 'de' ? `${date}.${month}.${year}` : `${date}/${month}/${year}`;
}

/** The time of an instant in Berlin: "14:05". */
export function formatTime(instant: string): string {
  return clock.format(Date.parse(instant));
}

/** An instant as one says it: "heute 14:05", "gestern 09:12", "Mo, 3. Nov.", in other years "3. Nov. 2024". */
export function formatWhen(instant: string, now: number, language: Language): string {
  const calendarDay = berlinDate(Date.parse(instant));
  const near = nearDay(calendarDay, now, language);
  return near === null ? farDay(calendarDay, now, language) : `${near} ${formatTime(instant)}`;
}

/** An instant with nothing left out, for tooltips and print: "3. November 2026, 14:05 Uhr". */
export function formatInstant(instant: string, language: Language): string {
  const date = formatDate(berlinDate(Date.parse(instant)), language);
  return language === 'de' ? `${date}, ${formatTime(instant)} Uhr` : `${date}, ${formatTime(instant)}`;
}

/** Age for narrow columns: "jetzt", "3 Min.", "2 Std.", "5 T.", from two weeks on the day: "3. Nov.", "3. Nov. 2024". */
export function formatAge(instant: string, now: number, language: Language): string {
  const age = now - Date.parse(instant);
  const said = words[language];
  if (age < minute) return said.now;
  if (age < hour) return `${Math.floor(age / minute)} ${said.min}`;
  if (age < day) return `${Math.floor(age / hour)} ${said.hours}`;
  if (age < 14 * day) return `${Math.floor(age / day)} ${said.days}`;
  const parts = partsOf(berlinDate(Date.parse(instant)));
  const date = dayAndMonth(parts, language);
  return parts.year === partsOf(berlinDate(now)).year ? date : `${date} ${parts.year}`;
}

/** An inclusive period of calendar days: "01.01.2026 – 31.12.2026", "seit 01.01.2026", "bis 31.12.2026", "" when open. */
export function formatPeriod(from: string | null, to: string | null, language: Language): string {
  const short = (calendarDay: string) => formatDateShort(calendarDay, language);
  if (from !== null && to !== null) return `${short(from)} – ${short(to)}`;
  if (from !== null) return `${language === 'de' ? 'seit' : 'since'} ${short(from)}`;
  return to === null ? '' : `${language === 'de' ? 'bis' : 'until'} ${short(to)}`;
}

const locales = { de: 'de-DE', en: 'en-GB' } as const;

function numberFormat(options: Intl.NumberFormatOptions) {
  return {
    de: new Intl.NumberFormat(locales.de, options),
    en: new Intl.NumberFormat(locales.en, options),
  };
}

const whole = numberFormat({ maximumFractionDigits: 0 });
const twoDigits = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const oneDigit = numberFormat({ maximumFractionDigits: 1 });
// The euro sign stands behind the number in both languages: columns of both look alike.
const space = '\u00a0';

/** Integer cents as "1.234,56 €"; a true minus sign, so that it is as wide as a digit. */
export function formatAmount(cents: number, language: Language): string {
  return `${twoDigits[language].format(cents / 100).replace('-', '−')}${space}€`;
}

/** Hundredths of a square metre as "72,50 m²". */
export function formatArea(hundredths: number, language: Language): string {
  return `${twoDigits[language].format(hundredths / 100)}${space}m²`;
}

/** A count: "10.000". */
export function formatCount(count: number, language: Language): string {
  return whole[language].format(count);
}

/** Tenths of a room as "2,5". */
export function formatRooms(tenths: number, language: Language): string {
  return oneDigit[language].format(tenths / 10);
}

/** Bytes as "640 KB" or "1,2 MB"; 1 MB is 1,048,576 bytes, as in Windows. */
export function formatFileSize(bytes: number, language: Language): string {
  const unit = (value: number, name: string) =>
    `${(value < 10 ? oneDigit : whole)[language].format(value)}${space}${name}`;
  if (bytes < 1024) return unit(bytes, bytes === 1 ? 'Byte' : language === 'de' ? 'Byte' : 'bytes');
  if (bytes < 1024 ** 2) return unit(Math.max(1, Math.round(bytes / 1024)), 'KB');
  return bytes < 1024 ** 3 ? unit(bytes / 1024 ** 2, 'MB') : unit(bytes / 1024 ** 3, 'GB');
}

const titles = /^(dr|prof|dipl|ing|med|mag|herr|frau|familie|firma|mr|mrs|ms)\.?$/i;

/** Up to two letters of a name: "Dr. Anna Bauer" and "Bauer, Anna" are AB, "Heizungsbau Krüger GmbH" is HK. */
export function initials(name: string): string {
  const [last, first] = name.split(',', 2);
  const spoken = first === undefined ? name : `${first} ${last}`;
  const parts = spoken
    .split(/[\s\-/&+]+/)
    .filter((part) => /^\p{L}/u.test(part) && !titles.test(part) && !/^(gmbh|ag|kg|ug|e\.v\.|co\.?|mbh)$/i.test(part));
  const company = /\b(gmbh|ag|kg|ug|ohg|gbr)\b/i.test(name);
  const [one, two] = company ? [parts[0], parts[1]] : [parts[0], parts.length > 1 ? parts.at(-1) : undefined];
  const letter = (part: string | undefined) => [...(part ?? '').toLocaleUpperCase('de-DE')][0] ?? '';
  return letter(one) + letter(two) || '·';
}
