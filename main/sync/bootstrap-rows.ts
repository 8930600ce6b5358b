/**
 * Rows in the text format of PostgreSQL's COPY (https://www.postgresql.org/docs/18/sql-copy.html, "Text Format"): one
 * line a row, tabs between the values, `\N` for null, backslash escapes in the rest.
 */

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Values of the rows of a chunk, row after row. The array is a new one for each row. */
export function* copiedRows(text: string): Generator<(string | null)[]> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    // What travelled whole and hashed ends with a row; anything else is a mistake of ours.
    if (end < 0) throw new Error('A chunk ends inside a row');
    const line = text.slice(start, end);
    start = end + 1;
    const values: (string | null)[] = line.split('\t');
    if (line.includes('\\')) {
      for (let index = 0; index < values.length; index += 1) values[index] = unescaped(values[index] as string);
    }
    yield values;
  }
}

function unescaped(value: string): string | null {
  if (value === '\\N') return null;
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.)/gs, (_match, letter: string) => escapes[letter] ?? letter);
}

const clockMark = '"hlc": "';
/** Length of a clock reading as text. */
const hlcLength = 20;

/** The latest of the readings in a row's clock as the database writes it; `latest` where none is later. */
export function latestReading(clock: string, latest: string): string {
  let found = latest;
  for (let at = clock.indexOf(clockMark); at >= 0; at = clock.indexOf(clockMark, at + clockMark.length)) {
    const start = at + clockMark.length;
    const reading = clock.slice(start, start + hlcLength);
    if (reading > found) found = reading;
  }
  return found;
}
