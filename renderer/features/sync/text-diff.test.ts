import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffWords } from './text-diff.ts';

const text = (parts: readonly { readonly text: string }[]) => parts.map((part) => part.text).join('');
const marked = (parts: readonly { readonly text: string; readonly changed: boolean }[]) =>
  parts.filter((part) => part.changed).map((part) => part.text.trim());

describe('diffWords', () => {
  it('marks the words that only one side has', () => {
    const { before, after } = diffWords('Der Aufzug steht seit Montag.', 'Der Aufzug fährt wieder seit Montag.');
    expect(marked(before)).toEqual(['steht']);
    expect(marked(after)).toEqual(['fährt wieder']);
  });

  it('marks nothing where nothing differs, and all where nothing is common', () => {
    expect(marked(diffWords('gleich', 'gleich').before)).toEqual([]);
    expect(marked(diffWords('eins', 'zwei').after)).toEqual(['zwei']);
    expect(diffWords('', 'neu').before).toEqual([]);
  });

  it('loses no letter of either side', () => {
    const words = fc
      .array(fc.constantFrom('a', 'b', 'c', '\n', ' ', 'd  e'), { maxLength: 40 })
      .map((all) => all.join(' '));
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { before, after } = diffWords(a, b);
        return text(before) === a && text(after) === b;
      }),
    );
  });

  it('finds what is common at both ends of texts too long to compare word by word', () => {
    const long = 'wort '.repeat(20_000);
    const { before, after } = diffWords(`Anfang ${long}Ende`, `Anfang ${'anders '.repeat(20_000)}Ende`);
    expect(before[0]).toEqual({ text: 'Anfang ', changed: false });
    expect(after.at(-1)).toEqual({ text: 'Ende', changed: false });
  });
});
