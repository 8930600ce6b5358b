import { isCalendarDate } from '../../../shared/lib/dates.ts';
import type { JsonValue } from '../../../shared/sync/changes.ts';
import { hlcMillis, hlcPattern } from '../../../shared/sync/clock.ts';
import { isMasked } from '../../../shared/sync/redact.ts';
import { formatAmount, formatArea, formatDate, formatInstant, formatRooms } from '../../../shared/ui/format.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { plainTextOf } from '../../../shared/ui/rich-document.ts';
import { defineTexts, type Language, textsFor } from '../../../shared/ui/texts.ts';

const texts = defineTexts({
  de: { empty: 'leer', yes: 'ja', no: 'nein', unknown: 'nicht auf diesem Gerät' },
  en: { empty: 'empty', yes: 'yes', no: 'no', unknown: 'not on this device' },
});

/** Fixed keys of the models: entity.field → the part of `labelTexts` that says them. */
const labels: Readonly<Record<string, string>> = {
  'property.kind': 'kind',
  'unit.usage': 'usage',
  'emergencyContact.kind': 'emergency',
  'membership.group': 'group',
  'group.key': 'group',
  'staff.role': 'role',
  'entry.kind': 'entry',
  'notice.state': 'publication',
  'document.state': 'publication',
  'delivery.state': 'delivery',
  'account.channel': 'channel',
  'delivery.channel': 'channel',
  'portalSetting.residentsMayPost': 'post',
  'portalSetting.directoryGroups': 'group',
  'portalSetting.messageGroups': 'group',
  'notice.audienceGroups': 'group',
  'document.audienceGroups': 'group',
};

type LabelKey = Parameters<ReturnType<typeof textsFor<LabelGerman>>>[0];
type LabelGerman = typeof labelTexts extends { readonly german?: infer German } ? NonNullable<German> : never;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

interface Known {
  /** What the ids name. */
  readonly names: Readonly<Record<string, string>>;
  readonly language: Language;
}

/** A value of a field as people say it: labels for keys, names for ids, dates, amounts, plain text for formatted text. */
export function valueWords(entity: string, field: string, value: JsonValue | undefined, known: Known): string {
  const t = textsFor(known.language, texts);
  if (value === null || value === undefined || value === '') return t('empty');
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number') return numberWords(field, value, known.language);
  if (Array.isArray(value)) {
    const all = value.map((one) => valueWords(entity, field, one, known));
    return all.length === 0 ? t('empty') : all.join(', ');
  }
  if (typeof value === 'object') return isMasked(value) ? value.masked : JSON.stringify(value);
  const text = value as string;
  const label = labelOf(entity, field, text, known.language);
  if (label !== null) return label;
  if (uuid.test(text)) return known.names[text] ?? t('unknown');
  if (instant.test(text)) return formatInstant(text, known.language);
  if (hlcPattern.test(text)) return formatInstant(new Date(hlcMillis(text)).toISOString(), known.language);
  if (isCalendarDate(text)) return formatDate(text, known.language);
  if (entity === 'notice' && field === 'body') return plainTextOf(text);
  return text;
}

function numberWords(field: string, value: number, language: Language): string {
  if (field === 'cents') return formatAmount(value, language);
  if (field === 'areaHundredths') return formatArea(value, language);
  return field === 'roomsTenths' ? formatRooms(value, language) : String(value);
}

function labelOf(entity: string, field: string, value: string, language: Language): string | null {
  const part = labels[`${entity}.${field}`];
  if (part === undefined) return null;
  const key = `${part}.${value}`;
  const said = textsFor(language, labelTexts)(key as LabelKey);
  // A key that a newer version brought is shown as it is.
  return said === key ? value : said;
}
