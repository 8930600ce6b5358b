import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as commonDictionary } from '@zxcvbn-ts/language-common';
import { dictionary as germanDictionary } from '@zxcvbn-ts/language-de';
import { OperationError } from '../../../../shared/lib/errors.ts';
import { maxPasswordLength } from '../../plugins/auth/library.ts';

/** Least length; length is what counts, so there are no rules about kinds of characters (NIST SP 800-63B-4, 3.1.1.2). */
const minPasswordLength = 10;

/** Least power of ten of the tries a guesser needs: what the library calls "very unguessable". */
const minGuesses = 10;
/** The same for what is left without the person's own names, which add something, but not to whoever knows them. */
const minGuessesBesideNames = 7;

/** What everybody who sees the sign-in page would try. */
const houseWords = ['treppenhaus', 'hausverwaltung', 'verwaltung', 'portal', 'wohnung', 'vermieter', 'mieter'];

/** Works without network: the dictionaries of leaked passwords, names and words come with the packages. */
const estimator = new ZxcvbnFactory({
  dictionary: { ...commonDictionary, ...germanDictionary, house: houseWords },
  graphs: adjacencyGraphs,
});

/** Whose password it is: what everybody who knows the person would try. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/**
 * Refuses passwords that are short, leaked, guessable, or little more than the person's own names.
 * @throws OperationError `password-too-weak` with `minLength`, `maxLength` and `reason` (`short`, `long`, `guessable`, `personal`)
 */
export function checkPassword(password: string, owner: PasswordOwner): void {
  const weak = (reason: string) =>
    new OperationError('password-too-weak', { minLength: minPasswordLength, maxLength: maxPasswordLength, reason });
  if ([...password].length < minPasswordLength) throw weak('short');
  if (password.length > maxPasswordLength) throw weak('long');
  const rest = without(password, ownWords(owner));
  if (rest !== password.toLowerCase() && guesses(rest) < minGuessesBesideNames) throw weak('personal');
  if (guesses(password) < minGuesses) throw weak('guessable');
}

/** Power of ten of the tries; saying a word again adds nothing. */
function guesses(password: string): number {
  const words = password.split(/(?<=[^\p{L}\p{N}])|(?=[^\p{L}\p{N}])/u);
  const distinct = [...new Set(words.map((word) => word.toLowerCase()))].join('');
  return Math.min(estimator.check(password).guessesLog10, estimator.check(distinct).guessesLog10);
}

/** Words of a person's name and address, the longest first. */
function ownWords(owner: PasswordOwner): readonly string[] {
  return `${owner.name} ${owner.email}`
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3)
    .toSorted((a, b) => b.length - a.length);
}

function without(password: string, words: readonly string[]): string {
  return words.reduce((rest, word) => rest.replaceAll(word, ''), password.toLowerCase());
}
