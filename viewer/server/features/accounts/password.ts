import { OperationError } from '../../../../shared/lib/errors.ts';
import { maxPasswordLength } from '../../plugins/auth.ts';
import { commonWords } from './common-words.ts';

/** Least length; length is what counts, so there are no rules about kinds of characters (NIST SP 800-63B-4, 3.1.1.2). */
const minPasswordLength = 10;

/** Least number of different pieces that a guesser would have to find one by one. */
const minPieces = 7;

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertzuiopü',
  'qwertyuiop',
  'asdfghjklöä',
  'yxcvbnm',
  'zxcvbnm',
];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]);

/** Letters that look like other signs. */
const disguises: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Whose password it is: what everybody who knows the person would try. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/**
 * Refuses passwords that are short, or little more than common words, runs of keys, years and the person's own names.
 * @throws OperationError `password-too-weak` with `minLength`, `maxLength` and `reason` (`short`, `long`, `guessable`, `personal`)
 */
export function checkPassword(password: string, owner: PasswordOwner): void {
  const weak = (reason: string) =>
    new OperationError('password-too-weak', { minLength: minPasswordLength, maxLength: maxPasswordLength, reason });
  if ([...password].length < minPasswordLength) throw weak('short');
  if (password.length > maxPasswordLength) throw weak('long');
  if (pieces(password, commonWords) < minPieces) throw weak('guessable');
  if (pieces(password, [...commonWords, ...ownWords(owner)]) < minPieces) throw weak('personal');
}

/** Words of a person's name and address. */
function ownWords(owner: PasswordOwner): readonly string[] {
  return `${owner.name} ${owner.email}`
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3);
}

/**
 * How many different pieces a password has, where a known word, a run of keys, a year or a repetition is one piece. Saying
 * a piece again, or putting the same sign between the pieces, adds nothing.
 */
function pieces(password: string, words: readonly string[]): number {
  const plain = password.toLowerCase();
  const known = words.toSorted((a, b) => b.length - a.length);
  const count = (text: string): number => {
    const found = new Set<string>();
    let rest = text;
    while (rest.length > 0) {
      const taken = known.find((word) => rest.startsWith(word))?.length ?? runLength(rest);
      found.add(rest.slice(0, taken));
      rest = rest.slice(taken);
    }
    return found.size;
  };
  return Math.min(count(plain), count([...plain].map((sign) => disguises[sign] ?? sign).join('')));
}

/** Length of the repetition, run of keys or year at the beginning; 1 where there is none. */
function runLength(text: string): number {
  const repeated = /^(.{1,4}?)\1{1,}/u.exec(text);
  if (repeated !== null && repeated[0].length >= 3) return repeated[0].length;
  const year = /^(19|20)\d\d/.exec(text);
  if (year !== null) return 4;
  for (let length = text.length; length >= 3; length -= 1) {
    if (runs.some((run) => run.includes(text.slice(0, length)))) return length;
  }
  return 1;
}
