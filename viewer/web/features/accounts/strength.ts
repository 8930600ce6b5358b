/** How hard a password is to guess, as far as a page can tell. The server decides. */
export type Strength = 'empty' | 'weak' | 'fair' | 'good';

/** Shortest password (characters); as the server has it. */
export const minPasswordLength = 10;

const rows = ['abcdefghijklmnopqrstuvwxyz', 'qwertzuiopasdfghjklyxcvbnm', 'qwertyuiopasdfghjklzxcvbnm', '01234567890'];

/** Characters that add something: repeated ones and those that only follow their neighbour on keyboard or alphabet do not. */
function surprising(password: string): number {
  const letters = [...password.toLowerCase()];
  return letters.filter((letter, index) => {
    const before = letters[index - 1];
    if (before === undefined) return true;
    const pair = before + letter;
    return before !== letter && !rows.some((row) => row.includes(pair) || [...row].reverse().join('').includes(pair));
  }).length;
}

/** Judges by length, variety and runs such as "abcd" or "1111"; four words are better than one with a digit. */
export function strengthOf(password: string): Strength {
  if (password === '') return 'empty';
  const useful = surprising(password);
  const different = new Set(password.toLowerCase()).size;
  if ([...password].length < minPasswordLength || useful < 7 || different < 5) return 'weak';
  return useful >= 13 && different >= 8 ? 'good' : 'fair';
}
