/** A stretch of a text; `changed` where the other side has something else. */
export interface DiffPart {
  readonly text: string;
  readonly changed: boolean;
}

/** Words of both sides, multiplied, up to which they are compared one by one. */
const mostComparisons = 1_000_000;

/** What two texts have in common, word by word, and where they part. Each side keeps its own white space. */
export function diffWords(a: string, b: string): { readonly before: DiffPart[]; readonly after: DiffPart[] } {
  const [left, right] = [words(a), words(b)];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const middle = [left.slice(start, left.length - end), right.slice(start, right.length - end)] as const;
  const common = middle[0].length * middle[1].length <= mostComparisons ? commonWords(...middle) : [[], []];
  const side = (all: readonly string[], kept: readonly number[] | undefined): DiffPart[] => {
    const same = new Set(kept);
    return joined(
      all.map((text, index) => ({
        text,
        changed: index >= start && index < all.length - end && !same.has(index - start),
      })),
    );
  };
  return { before: side(left, common[0]), after: side(right, common[1]) };
}

/** Words, each with the white space after it. */
function words(text: string): readonly string[] {
  return text.match(/\s+|\S+\s*/g) ?? [];
}

/** The longest common subsequence: indexes on either side. */
function commonWords(a: readonly string[], b: readonly string[]): readonly [number[], number[]] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const [left, right]: [number[], number[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      left.push(i);
      right.push(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return [left, right];
}

function joined(parts: readonly DiffPart[]): DiffPart[] {
  const all: DiffPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last === undefined || last.changed !== part.changed) all.push(part);
    else all[all.length - 1] = { text: last.text + part.text, changed: part.changed };
  }
  return all;
}
