import { describe, expect, test } from 'vitest';
import { contentMatches } from './file-content.ts';
import { allowedKind } from './file-kinds.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function matches(fileName: string, sniffed: string | undefined, head: Uint8Array): boolean {
  const kind = allowedKind(fileName);
  if (kind === null) throw new Error(`${fileName} is no kind that is kept`);
  return contentMatches(kind, sniffed, head);
}

test.each(['lager.exe', 'seite.html', 'bild.svg', 'skript.js', 'makro.docm', 'ohne', 'a.pdf.exe'])(
  '%s is not kept',
  (name) => {
    expect(allowedKind(name)).toBeNull();
  },
);

describe('a file with a signature', () => {
  test('is what its signature says', () => {
    expect(matches('foto.jpg', 'jpg', bytes(''))).toBe(true);
    expect(matches('foto.jpg', 'png', bytes(''))).toBe(false);
    expect(matches('foto.jpg', undefined, bytes('hello'))).toBe(false);
    expect(matches('brief.pdf', 'zip', bytes('PK %PDF-1.7'))).toBe(false);
  });

  test('a PDF may begin a little late, but not as a page', () => {
    expect(matches('brief.pdf', undefined, bytes(`\n\n${'x'.repeat(900)}%PDF-1.4`))).toBe(true);
    expect(matches('brief.pdf', undefined, bytes(`${'x'.repeat(1100)}%PDF-1.4`))).toBe(false);
    expect(matches('brief.pdf', undefined, bytes('<html><script>1</script>%PDF-1.4'))).toBe(false);
  });
});

describe('a file without a signature', () => {
  test('is text', () => {
    expect(matches('liste.csv', undefined, bytes('Straße;Ort\nÄhrenweg;Köln'))).toBe(true);
    expect(matches('liste.csv', undefined, new Uint8Array([0x41, 0, 0x42]))).toBe(false);
    expect(matches('liste.csv', undefined, new Uint8Array([0xff, 0xfe, 0x41, 0, 0x3b, 0]))).toBe(true);
    expect(matches('liste.csv', 'exe', bytes('MZ'))).toBe(false);
  });

  test.each([
    '<!DOCTYPE html><p>',
    '  <script>alert(1)</script>',
    '\ufeff<HTML>',
    '<?xml version="1.0"?><svg onload="x()">',
    '<!-- a --><!-- b --><svg>',
    '#!/bin/sh',
  ])('is no page and no program: %s', (text) => {
    expect(matches('datei.txt', undefined, bytes(text))).toBe(false);
    expect(matches('datei.xml', 'xml', bytes(text))).toBe(false);
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...text].flatMap((character) => [character.charCodeAt(0) & 0xff, 0]),
    ]);
    if (!text.startsWith('\ufeff')) expect(matches('datei.txt', undefined, utf16)).toBe(false);
  });

  test('XML that is data is kept', () => {
    expect(matches('bank.xml', 'xml', bytes('<?xml version="1.0"?><Document xmlns="camt.053">'))).toBe(true);
  });
});
