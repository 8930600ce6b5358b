import type { GroupKey } from '../../../shared/features/properties/model.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { DeskContext } from '../../service/context.ts';

/**
 * What a new company starts with. Texts are German, because they are the company's data, not labels; it can change them.
 * Ids come from the keys, so that a desk that founds the same company again makes the same rows.
 */

const topics: readonly (readonly [key: string, name: string, icon: string])[] = [
  ['damage', 'Schaden melden', 'tool'],
  ['billing', 'Frage zur Abrechnung', 'receipt'],
  ['documents', 'Unterlagen anfordern', 'file-text'],
  ['noise', 'Ruhestörung', 'volume'],
  ['keys', 'Schlüssel und Schließanlage', 'key'],
  ['contract', 'Vertrag, Ein- und Auszug', 'file-certificate'],
  ['meeting', 'Eigentümerversammlung', 'users'],
  ['contact', 'Kontaktdaten ändern', 'address-book'],
  ['other', 'Sonstiges', 'message'],
];

const statuses: readonly (readonly [key: string, name: string, isNew: boolean, isClosed: boolean])[] = [
  ['new', 'Neu', true, false],
  ['working', 'In Bearbeitung', false, false],
  ['waiting', 'Wartet', false, false],
  ['closed', 'Erledigt', false, true],
];

const categories: readonly (readonly [key: string, name: string, icon: string])[] = [
  ['house-rules', 'Hausordnung', 'home'],
  ['minutes', 'Protokolle', 'notes'],
  ['budget', 'Wirtschaftsplan', 'chart-bar'],
  ['billing', 'Abrechnungen', 'receipt'],
  ['energy', 'Energieausweis', 'bolt'],
  ['contracts', 'Verträge', 'file-certificate'],
  ['insurance', 'Versicherung', 'shield'],
  ['other', 'Sonstiges', 'folder'],
];

const groups: readonly (readonly [key: GroupKey, label: string])[] = [
  ['tenant', 'Mieter'],
  ['owner', 'Eigentümer'],
  ['house-owner', 'Hausbesitzer'],
  ['service-provider', 'Objektdienstleister'],
];

/** The rows of the default topics, statuses, document categories and group labels. */
export function defaultEdits(naturalId: DeskContext['naturalId']): readonly Edit[] {
  return [
    ...topics.map(
      ([key, name, icon], position): Edit => ({
        entity: 'topic',
        id: naturalId('topic', key),
        set: { name, icon, offered: true, position },
      }),
    ),
    ...statuses.map(
      ([key, name, isNew, isClosed], position): Edit => ({
        entity: 'status',
        id: naturalId('status', key),
        set: { name, isNew, isClosed, position },
      }),
    ),
    ...categories.map(
      ([key, name, icon], position): Edit => ({
        entity: 'documentCategory',
        id: naturalId('documentCategory', key),
        set: { name, icon, position },
      }),
    ),
    ...groups.map(([key, label]): Edit => ({ entity: 'group', id: naturalId('group', key), set: { key, label } })),
  ];
}
