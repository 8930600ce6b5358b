import { type Letter, section, table } from './pdf.ts';

/** Where a letter is filed and who may read it; the category is one of those every company starts with. */
export interface FiledLetter extends Letter {
  readonly fileName: string;
  readonly category: string;
  readonly audience: readonly ('tenant' | 'owner')[];
  /** The year it is about, if it is about one. */
  readonly year?: number;
}

const place = 'WEG Am Mühlbach 93 · Ährenweg 23 · 01067 Dresden';

/** The house rules: for everybody who lives in property 107. */
export const houseRules: FiledLetter = {
  fileName: 'Hausordnung.pdf',
  category: 'Hausordnung',
  audience: ['tenant', 'owner'],
  title: 'Hausordnung',
  place,
  date: '2025-03-01',
  content: [
    section(
      'Rücksicht und Ruhe',
      'Von 22 bis 6 Uhr und von 13 bis 15 Uhr ist Ruhezeit. Radio, Fernseher und Instrumente bleiben auf Zimmerlautstärke. An Sonn- und Feiertagen wird nicht gebohrt und nicht gehämmert.',
      'Waschmaschinen und Trockner laufen werktags von 7 bis 21 Uhr.',
    ),
    section(
      'Sicherheit',
      'Haustür, Keller- und Hoftüren sind geschlossen, aber nicht abgeschlossen zu halten: Sie sind Fluchtwege. Treppenhaus und Flure bleiben frei; Kinderwagen und Gehhilfen dürfen neben der Kellertreppe stehen.',
      'Wer Gas riecht, öffnet die Fenster, betätigt keine Schalter und ruft außerhalb des Hauses die 112.',
    ),
    section(
      'Reinigung und Abfall',
      'Das Treppenhaus reinigt die Firma Glanz & Sohn jeden Freitag. Verschmutzungen beseitigt, wer sie verursacht. Sperrmüll wird nach Anmeldung am Abend vor der Abholung an die Straße gestellt.',
    ),
    section(
      'Heizen und Lüften',
      'Mehrmals täglich fünf bis zehn Minuten stoßlüften. Dauerhaft gekippte Fenster kühlen die Wände aus und begünstigen Schimmel. Im Winter darf die Temperatur in keinem Raum unter 16 °C sinken.',
    ),
    section(
      'Haustiere, Grill und Garten',
      'Hunde werden im Haus und im Hof an der Leine geführt. Auf den Balkonen ist nur elektrisches Grillen erlaubt. Der Garten steht allen offen, Spielgerät bitte abends wegräumen.',
    ),
  ],
};

/** The energy certificate: for the owners of property 107. */
export const energyCertificate: FiledLetter = {
  fileName: 'Energieausweis 2024.pdf',
  category: 'Energieausweis',
  audience: ['owner'],
  title: 'Energieausweis für Wohngebäude',
  place,
  date: '2024-06-18',
  content: [
    section('Gebäude', 'Mehrfamilienhaus, 13 Wohneinheiten, Baujahr 1987, Anlagentechnik 2011. Gültig bis 17.06.2034.'),
    table(
      ['Kennwert', 'Klasse', 'kWh/(m²·a)'],
      [
        ['Endenergieverbrauch', 'D', '112,4'],
        ['Primärenergieverbrauch', 'D', '123,6'],
        ['davon Warmwasser', '', '21,8'],
      ],
    ),
    section(
      'Verbrauchserfassung',
      'Erdgas, witterungsbereinigt über drei Abrechnungsjahre (2021 bis 2023). Treibhausgasemissionen 27,0 kg CO₂-Äquivalent je m² und Jahr.',
    ),
    section(
      'Empfohlene Maßnahmen',
      'Dämmung der obersten Geschossdecke (Amortisation 9 Jahre), hydraulischer Abgleich, Austausch der Umwälzpumpen. Eine Förderung nach BEG ist vor Auftragsvergabe zu beantragen.',
    ),
  ],
};

/** Everything that is filed at property 107 when the demo begins. */
export const letters: readonly FiledLetter[] = [
  houseRules,
  energyCertificate,
  {
    fileName: 'Protokoll Eigentümerversammlung 2025.pdf',
    category: 'Protokolle',
    audience: ['owner'],
    year: 2025,
    title: 'Protokoll der Eigentümerversammlung 2025',
    place,
    date: '2025-05-22',
    content: [
      section(
        'Eröffnung',
        'Donnerstag, 22. Mai 2025, 18:30 Uhr, Gemeindesaal Ährenweg 1. Anwesend oder vertreten sind 742/1000 Miteigentumsanteile. Die Versammlung ist beschlussfähig. Versammlungsleitung und Protokoll: Hausverwaltung Sonnenschein GmbH.',
      ),
      table(
        ['Beschluss', 'Ja', 'Nein', 'Enthaltung'],
        [
          ['1  Genehmigung der Jahresabrechnung 2024', '702', '0', '40'],
          ['2  Entlastung der Verwaltung', '688', '14', '40'],
          ['3  Wirtschaftsplan 2026', '742', '0', '0'],
          ['4  Dämmung der obersten Geschossdecke, bis 38.500,00 €', '611', '96', '35'],
          ['5  Fahrradständer im Hof', '455', '240', '47'],
        ],
      ),
      section(
        'Zu Beschluss 4',
        'Die Verwaltung holt drei Angebote ein und stellt vor der Vergabe den Förderantrag. Finanziert wird aus der Erhaltungsrücklage. Die Ausführung ist für Frühjahr 2026 vorgesehen.',
      ),
      section(
        'Schluss',
        'Die Versammlung endet um 20:10 Uhr. Die Beschlüsse sind in die Beschlusssammlung aufgenommen.',
      ),
    ],
  },
  {
    fileName: 'Wirtschaftsplan 2026.pdf',
    category: 'Wirtschaftsplan',
    audience: ['owner'],
    year: 2026,
    title: 'Wirtschaftsplan 2026',
    place,
    date: '2025-05-22',
    content: [
      table(
        ['Kostenart', 'Verteilung', 'Betrag'],
        [
          ['Heizung und Warmwasser', 'Verbrauch', '18.900,00 €'],
          ['Wasser und Entwässerung', 'Verbrauch', '6.250,00 €'],
          ['Müllabfuhr', 'Einheiten', '3.120,00 €'],
          ['Hausreinigung und Garten', 'Anteile', '5.480,00 €'],
          ['Versicherungen', 'Anteile', '4.610,00 €'],
          ['Allgemeinstrom', 'Anteile', '1.390,00 €'],
          ['Verwaltung', 'Einheiten', '4.836,00 €'],
          ['Zuführung Erhaltungsrücklage', 'Anteile', '14.400,00 €'],
        ],
      ),
      section(
        'Hausgeld',
        'Das Hausgeld ist am dritten Werktag jedes Monats fällig. Die Einzelpläne liegen den Eigentümern gesondert vor.',
      ),
    ],
  },
  {
    fileName: 'Richtig heizen und lüften.pdf',
    category: 'Sonstiges',
    audience: ['tenant', 'owner'],
    title: 'Richtig heizen und lüften',
    place,
    date: '2025-10-06',
    content: [
      section(
        'Drei Regeln',
        'Stoßlüften statt kippen: drei- bis viermal täglich alle Fenster weit öffnen, im Winter fünf Minuten, im Herbst zehn.',
      ),
      section(
        'Temperaturen',
        'Wohnräume 20 °C, Bad 22 °C, Schlafzimmer 17 °C. Türen zu kühleren Räumen geschlossen halten.',
      ),
      section(
        'Feuchte',
        'Nach dem Duschen und Kochen sofort lüften. Möbel fünf Zentimeter von Außenwänden abrücken. Zeigt sich dennoch ein Fleck, melden Sie ihn früh: Je eher wir die Ursache kennen, desto kleiner der Schaden.',
      ),
    ],
  },
  {
    fileName: 'Abfallkalender 2026.pdf',
    category: 'Sonstiges',
    audience: ['tenant', 'owner'],
    year: 2026,
    title: 'Abfallkalender 2026',
    place,
    date: '2025-11-10',
    content: [
      table(
        ['Tonne', 'Rhythmus', 'Tag'],
        [
          ['Restabfall', 'alle zwei Wochen', 'Dienstag'],
          ['Bioabfall', 'wöchentlich', 'Donnerstag'],
          ['Papier', 'alle vier Wochen', 'Montag'],
          ['Gelbe Tonne', 'alle zwei Wochen', 'Freitag'],
        ],
      ),
      section('Feiertage', 'Fällt die Abholung auf einen Feiertag, kommt die Stadtreinigung am folgenden Werktag.'),
    ],
  },
];
