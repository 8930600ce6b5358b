/**
 * What people in Germany put into passwords, lower case: the stems behind the lists of leaked passwords that the
 * Hasso-Plattner-Institut publishes every year, with months, seasons, first names, football and housing added.
 */
export const commonWords: readonly string[] = `
passwort password passwd pass kennwort geheim secret login admin administrator root user test gast guest master
hallo hello servus moin willkommen welcome bitte danke letmein iloveyou ichliebedich liebe love schatz schatzi hase
baby engel angel sonne sonnenschein sunshine stern star himmel prinzessin princess prinz king queen dragon monkey
affe hund katze pferd maus tiger bear drache vogel schmetterling superman batman pokemon starwars
sommer winter herbst frühling fruehling summer spring autumn januar februar märz maerz april mai juni juli august
september oktober november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
michael thomas andreas stefan stephan peter klaus wolfgang jürgen juergen hans martin daniel christian alexander
sebastian markus matthias frank bernd uwe dirk jens florian tobias lukas leon paul felix maximilian max
anna maria sabine susanne petra monika andrea claudia nicole julia sarah laura lisa lena emma mia hannah sophie
marie katharina christina stefanie sandra melanie jessica michelle
deutschland germany berlin hamburg münchen muenchen köln koeln frankfurt stuttgart leipzig dresden bremen hannover
bayern fcbayern borussia bvb schalke hsv werder fussball fußball football soccer
haus wohnung mieter vermieter eigentümer eigentuemer verwaltung hausverwaltung treppenhaus portal schlüssel
schluessel garten keller strasse straße
computer internet windows google facebook amazon samsung iphone android mercedes porsche audi bmw volkswagen golf
freund freundin mama papa oma opa mutter vater familie family geburtstag birthday urlaub auto musik music
qwert qwertz qwerty asdf yxcv zxcv trustno freiheit freedom frieden killer shadow mustang access super geil
`
  .trim()
  .split(/\s+/);
