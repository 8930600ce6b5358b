import type { GroupKey } from '../../shared/features/properties/model.ts';

/** What the demo tells about property 107: texts only, `seed.ts` plays them. */

/** A notice on the board of property 107. */
export interface NoticeStory {
  readonly title: string;
  readonly text: string;
  readonly groups: readonly GroupKey[];
  readonly pinned: boolean;
  /** False leaves it as a draft at the desk. */
  readonly published: boolean;
}

const everybody: readonly GroupKey[] = ['tenant', 'owner'];

/** Notices, oldest first. `day` gives a date so many days from now as people write it. */
export function notices(day: (ahead: number) => string): readonly NoticeStory[] {
  return [
    {
      title: 'Treppenhausreinigung künftig freitags',
      text: 'Guten Tag,\n\nab sofort reinigt die Firma Glanz & Sohn das Treppenhaus freitags statt montags. Bitte stellen Sie Schuhe und Schirme an diesem Tag in die Wohnung.\n\nIhre Hausverwaltung',
      groups: everybody,
      pinned: false,
      published: true,
    },
    {
      title: 'Einladung zur Eigentümerversammlung',
      text: `Sehr geehrte Eigentümerinnen und Eigentümer,\n\ndie nächste Versammlung findet am ${day(45)} um 18:30 Uhr im Gemeindesaal, Ährenweg 1, statt. Die Tagesordnung geht Ihnen mindestens drei Wochen vorher zu. Anträge nehmen wir bis ${day(14)} entgegen.`,
      groups: ['owner'],
      pinned: false,
      published: true,
    },
    {
      title: `Ablesung der Heizkostenverteiler am ${day(9)}`,
      text: `Liebe Bewohnerinnen und Bewohner,\n\nam ${day(9)} zwischen 8 und 12 Uhr liest die Firma Messwerk die Heizkostenverteiler und Wasserzähler ab. Bitte ermöglichen Sie den Zugang zu allen Räumen.\n\nSie sind nicht zu Hause? Geben Sie den Schlüssel einer Nachbarin, oder melden Sie sich über „Nachrichten“ für den Ersatztermin am ${day(16)}.`,
      groups: everybody,
      pinned: true,
      published: true,
    },
    {
      title: 'Winterdienst',
      text: 'Entwurf: Zeiten und Telefonnummer der Firma noch einsetzen.',
      groups: everybody,
      pinned: false,
      published: false,
    },
  ];
}

/** Whom residents of property 107 call. */
export const contacts = [
  { kind: 'caretaker', name: 'Hausmeister Wolf', phone: '0351 555 0140', note: 'Montag bis Freitag, 7 bis 16 Uhr' },
  { kind: 'heating', name: 'Wärmetechnik Elbe, Notdienst', phone: '0351 555 0177', note: 'rund um die Uhr' },
  { kind: 'water', name: 'Sanitär Brandt', phone: '0351 555 0123', note: null },
  { kind: 'locksmith', name: 'Schlüsseldienst am Neumarkt', phone: '0351 555 0199', note: 'Festpreis 89 €' },
] as const;

/** An answer of the staff: released ones go to the portal, notes stay inside. */
export interface Answer {
  readonly kind: 'message' | 'note' | 'call';
  readonly body: string;
}

/** A matter a resident opens, and what becomes of it. */
export interface MatterStory {
  /** Number of the person who writes. */
  readonly from: string;
  readonly topic: string;
  readonly subject: string;
  readonly body: string;
  readonly withPhoto: boolean;
  readonly answers: readonly Answer[];
  /** What the resident writes back. */
  readonly reply: string | null;
  /** Status afterwards; null leaves it under *Neu*. */
  readonly status: string | null;
  /** Whether the manager takes it on. */
  readonly assigned: boolean;
}

/** A matter that only the staff knows of. */
export const internalMatter = {
  topic: 'Eigentümerversammlung',
  subject: 'Dämmung oberste Geschossdecke: drei Angebote einholen',
  personNumber: '1041',
  entries: [
    { kind: 'note', body: 'Beschluss 4 vom 22.05.2025, Obergrenze 38.500 €. Förderantrag vor der Vergabe stellen.' },
    { kind: 'call', body: 'Wójcik & Söhne: Angebot kommt bis Ende nächster Woche. Zwei weitere Firmen angefragt.' },
  ],
} as const;

export const owner = '1024';
export const tenant = '1025';
export const neighbours = ['1036', '1037', '1040'] as const;
/** Invited, not registered yet. */
export const invitedOnly = ['1023', '1028', '1035'] as const;

/** Matters of property 107, oldest first. */
export const matters: readonly MatterStory[] = [
  {
    from: owner,
    topic: 'Frage zur Abrechnung',
    subject: 'Jahresabrechnung 2024: Allgemeinstrom',
    body: 'Guten Tag, der Allgemeinstrom ist gegenüber 2023 um fast ein Drittel gestiegen. Woran liegt das?\n\nFreundliche Grüße\nKäthe Bauer',
    withPhoto: false,
    answers: [
      { kind: 'note', body: 'Zählerstände geprüft: Verbrauch gleich, Arbeitspreis neu ab 01.03.2024.' },
      {
        kind: 'message',
        body: 'Guten Tag Frau Bauer,\n\nder Verbrauch ist gleich geblieben. Der Versorger hat den Arbeitspreis zum 1. März 2024 erhöht; ab Januar gilt ein günstigerer Tarif, den wir bereits abgeschlossen haben.\n\nFreundliche Grüße\nPetra Sonnenschein',
      },
    ],
    reply: null,
    status: 'Erledigt',
    assigned: false,
  },
  {
    from: '1040',
    topic: 'Schlüssel und Schließanlage',
    subject: 'Zweiter Haustürschlüssel',
    body: 'Hallo, wir brauchen für unsere Tochter einen weiteren Haustürschlüssel. Wie kommen wir daran?',
    withPhoto: false,
    answers: [
      {
        kind: 'message',
        body: 'Guten Tag Herr Fuchs,\n\nder Schlüssel gehört zur Schließanlage und wird über uns bestellt (38,50 €). Bitte bestätigen Sie kurz, dann geben wir ihn in Auftrag.',
      },
    ],
    reply: null,
    status: 'Wartet',
    assigned: false,
  },
  {
    from: '1036',
    topic: 'Schaden melden',
    subject: 'Licht im Treppenhaus, 2. OG, fällt aus',
    body: 'Seit gestern geht das Licht im 2. Obergeschoss nach wenigen Sekunden wieder aus. Abends ist die Treppe dort dunkel.',
    withPhoto: false,
    answers: [
      { kind: 'call', body: 'Elektro Jahn angerufen, kommt morgen zwischen 9 und 11 Uhr.' },
      {
        kind: 'message',
        body: 'Guten Tag Frau Fuchs,\n\nvielen Dank für den Hinweis. Der Elektriker kommt morgen Vormittag und tauscht den Treppenlichtautomaten.',
      },
    ],
    reply: null,
    status: 'In Bearbeitung',
    assigned: true,
  },
  {
    from: tenant,
    topic: 'Schaden melden',
    subject: 'Feuchter Fleck an der Badezimmerdecke',
    body: 'Guten Tag,\n\nseit dem Wochenende ist an der Decke im Bad ein feuchter Fleck, er wird größer. Ein Foto hängt an. Darüber wohnt Familie Strauß, dort wurde letzte Woche an der Wanne gearbeitet.\n\nMehmet Nguyễn',
    withPhoto: true,
    answers: [
      {
        kind: 'note',
        body: 'Vermutlich Silikonfuge der Wanne in Einheit 04. Versicherung erst nach Leckortung melden.',
      },
      {
        kind: 'message',
        body: 'Guten Tag Herr Nguyễn,\n\ndanke für Foto und Hinweis. Die Firma Sanitär Brandt meldet sich heute bei Ihnen und bei Familie Strauß wegen einer Leckortung. Bitte stellen Sie bis dahin nichts unter die Stelle, das Schaden nehmen könnte.',
      },
    ],
    reply: 'Danke. Die Firma war eben da und hat die Fuge als Ursache gefunden. Wer trocknet jetzt die Decke?',
    status: 'In Bearbeitung',
    assigned: true,
  },
  {
    from: '1037',
    topic: 'Sonstiges',
    subject: 'Fahrradständer im Hof',
    body: 'Wann werden die in der Versammlung beschlossenen Fahrradständer aufgestellt? Im Keller ist kein Platz mehr.',
    withPhoto: false,
    answers: [],
    reply: null,
    status: null,
    assigned: false,
  },
];
