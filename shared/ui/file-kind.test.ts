import { expect, test } from 'vitest';
import { fileKind, sortFiles } from './file-kind.ts';

test.each([
  ['application/pdf', 'x', 'pdf'],
  ['image/heic', 'IMG_1.HEIC', 'image'],
  ['application/octet-stream', 'Abrechnung.XLSX', 'spreadsheet'],
  ['text/csv', 'a.csv', 'spreadsheet'],
  ['message/rfc822', 'Post.eml', 'mail'],
  ['text/plain', 'LIESMICH', 'text'],
  ['application/x-thing', 'ohne', 'other'],
  ['', '.gitignore', 'other'],
])('%s named %s is %s', (mediaType, fileName, kind) => {
  expect(fileKind(mediaType, fileName)).toBe(kind);
});

test('good files are taken whatever else was dropped with them', () => {
  const files = [
    { name: 'leer.pdf', size: 0 },
    { name: 'gut.pdf', size: 100 },
    { name: 'genau.pdf', size: 1000 },
    { name: 'riesig.mov', size: 1001 },
  ];
  const { accepted, problems } = sortFiles(files, { maxBytes: 1000 });
  expect(accepted.map((file) => file.name)).toEqual(['gut.pdf', 'genau.pdf']);
  expect(problems).toEqual([
    { code: 'file-empty', name: 'leer.pdf' },
    { code: 'file-too-large', name: 'riesig.mov' },
  ]);
});

test('what is too many is said once, and counts what is there already', () => {
  const files = ['a', 'b', 'c'].map((name) => ({ name, size: 1 }));
  const { accepted, problems } = sortFiles(files, { maxBytes: 10, maxFiles: 4 }, 2);
  expect(accepted.map((file) => file.name)).toEqual(['a', 'b']);
  expect(problems).toEqual([{ code: 'too-many', left: 1 }]);
  expect(sortFiles(files, { maxBytes: 10, maxFiles: 4 }, 9).accepted).toEqual([]);
});
