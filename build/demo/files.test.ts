import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { damagePhoto } from './damage.ts';
import { housePhoto } from './house.ts';
import { letters } from './letters.ts';
import { renderLetter } from './pdf.ts';

test('every letter is a PDF, and the same bytes each time, so that no demo file is uploaded twice', async () => {
  for (const letter of letters) {
    const pdf = await renderLetter(letter);
    expect((await fileTypeFromBuffer(pdf))?.mime).toBe('application/pdf');
    expect(pdf.equals(await renderLetter(letter))).toBe(true);
  }
});

test('house fronts differ from house to house and stay the same for one', async () => {
  const [first, again, other] = await Promise.all([housePhoto('107'), housePhoto('107'), housePhoto('114')]);
  expect(first.equals(again)).toBe(true);
  expect(first.equals(other)).toBe(false);
  const { format, width, height } = await sharp(first).metadata();
  expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1600, height: 1000 });
});

test('the photo of the damage is a photo', async () => {
  expect((await sharp(await damagePhoto()).metadata()).format).toBe('jpeg');
});
