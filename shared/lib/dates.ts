/** Calendar days are `YYYY-MM-DD` strings, inclusive, in Europe/Berlin; instants are ISO strings in UTC with milliseconds. */

const berlin = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Whether the text names a day that exists (2025-02-29 does not). */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysInMonth(year, month);
}

/** Days of a month (1–12) in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The calendar day in Berlin at an instant (milliseconds since 1970). */
export function berlinDate(now: number): string {
  return berlin.format(now);
}

/** The instant as canonical text. */
export function instantText(now: number): string {
  return new Date(now).toISOString();
}

/** An inclusive period; null is open. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

/** Whether a period ends before it begins: no day lies in it. */
export function isEmptyPeriod(period: Period): boolean {
  return period.from !== null && period.to !== null && period.to < period.from;
}

/** Whether two inclusive periods share a day. */
export function periodsOverlap(a: Period, b: Period): boolean {
  if (isEmptyPeriod(a) || isEmptyPeriod(b)) return false;
  return (a.from === null || b.to === null || a.from <= b.to) && (b.from === null || a.to === null || b.from <= a.to);
}

/** Whether the day lies in the inclusive period. */
export function periodContains(period: Period, day: string): boolean {
  return (period.from === null || period.from <= day) && (period.to === null || day <= period.to);
}

/** The same day `months` later, or the last day of that month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const count = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  const newDate = Math.min(date, daysInMonth(newYear, newMonth));
  return `${String(newYear).padStart(4, '0')}-${String(newMonth).padStart(2, '0')}-${String(newDate).padStart(2, '0')}`;
}
