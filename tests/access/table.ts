/**
 * Reads a table of expectations written as text: a line of columns, then one line per row. Throws where a cell is missing,
 * too many or unknown, so that nobody can leave one out.
 */
export function readTable(
  columns: readonly string[],
  meanings: Readonly<Record<string, string>>,
  text: string,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [head, ...lines] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const named = head?.split(/\s+/) ?? [];
  if (named.join() !== columns.join()) throw new Error(`The columns are ${columns.join(' ')}`);
  return new Map(
    lines.map((line) => {
      const cells = line.split(/\s{1,}/);
      const values = cells.slice(-columns.length);
      const name = cells.slice(0, -columns.length).join(' ');
      if (name === '') throw new Error(`A cell is missing: ${line}`);
      return [
        name,
        Object.fromEntries(
          columns.map((column, index) => {
            const meaning = meanings[values[index] ?? ''];
            if (meaning === undefined) throw new Error(`${name}, ${column}: ${values[index]} means nothing`);
            return [column, meaning];
          }),
        ),
      ] as const;
    }),
  );
}
