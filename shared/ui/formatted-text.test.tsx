import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { FormattedText, PlainText } from './formatted-text.tsx';
import { isRichDocumentEmpty, plainTextOf, readRichDocument, richDocumentFromText, safeHref } from './rich-document.ts';

const html = (document: unknown) =>
  renderToStaticMarkup(<FormattedText document={document} />).replace(/^<div class="tp-formatted">(.*)<\/div>$/s, '$1');
const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, marks });
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content });
const doc = (...content: unknown[]) => ({ type: 'doc', content });
const link = (href: unknown) => ({ type: 'link', attrs: { href, onclick: 'alert(1)', class: 'x', target: '_top' } });

const whole = doc(
  { type: 'heading', attrs: { level: 2 }, content: [text('Wasser')] },
  { type: 'heading', attrs: { level: 3 }, content: [text('Mittwoch')] },
  paragraph(
    text('Bitte '),
    text('nichts', { type: 'bold' }, { type: 'italic' }),
    { type: 'hardBreak' },
    text('drehen'),
  ),
  { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('Bad'))] }] },
  {
    type: 'orderedList',
    attrs: { start: 3 },
    content: [
      {
        type: 'listItem',
        content: [
          paragraph(text('Eins')),
          { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('tief'))] }] },
        ],
      },
      { type: 'listItem', content: [paragraph(text('Zwei'))] },
    ],
  },
  paragraph(text('Fragen', link('mailto:haus@example.org')), text(' hier', link('https://example.org/a?b=1&c=2'))),
);

describe('formatted text', () => {
  test('shows what our editor writes', () => {
    expect(html(whole)).toBe(
      '<h3>Wasser</h3><h4>Mittwoch</h4><p>Bitte <strong><em>nichts</em></strong><br/>drehen</p>' +
        '<ul><li>Bad</li></ul><ol start="3"><li><p>Eins</p><ul><li>tief</li></ul></li><li>Zwei</li></ol>' +
        '<p><a href="mailto:haus@example.org" target="_blank" rel="noopener noreferrer nofollow">Fragen</a>' +
        '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow"> hier</a></p>',
    );
    expect(html(JSON.stringify(whole))).toBe(html(whole));
  });

  test('never shows markup that somebody typed', () => {
    const typed = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    const shown = '&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(1)&lt;/script&gt;';
    expect(html(doc(paragraph(text(typed))))).toBe(`<p>${shown}</p>`);
    expect(html(typed)).toBe(`<p>${shown}</p>`);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'http://example.org',
    '//example.org',
    '/konto',
    'https://',
    'https://exa mple.org',
    'https://bank.example@evil.example/',
    'https:\\\\evil.example',
    'https://example.org/\u202egnp.exe',
    'https://example.org/"onmouseover="x',
    `https://example.org/${'a'.repeat(3000)}`,
    '',
    null,
    7,
    { toString: () => 'https://example.org' },
    ['https://example.org'],
  ])('does not follow %j', (href) => {
    expect(safeHref(href)).toBeNull();
    expect(html(doc(paragraph(text('Wort', link(href)))))).toBe('<p>Wort</p>');
  });

  test.each([
    [{ type: 'script', content: [text('alert(1)')] }, '<p>alert(1)</p>'],
    [{ type: 'image', attrs: { src: 'https://example.org/x.png', onerror: 'x' } }, ''],
    [{ type: 'iframe', attrs: { src: 'https://example.org' }, content: [paragraph(text('drin'))] }, '<p>drin</p>'],
    [paragraph({ type: 'mention', attrs: { id: 1 }, content: [text('Anna')] }), '<p>Anna</p>'],
    [paragraph(text('rot', { type: 'textStyle', attrs: { style: 'position:fixed' } })), '<p>rot</p>'],
    [{ type: '__proto__', content: [paragraph(text('x'))] }, '<p>x</p>'],
    [{ type: 'heading', attrs: { level: '"><script>' }, content: [text('T')] }, '<h4>T</h4>'],
    [{ type: 'heading', attrs: { level: 1 }, content: [text('T')] }, '<h3>T</h3>'],
    [
      { type: 'orderedList', attrs: { start: -1 }, content: [{ type: 'listItem', content: [paragraph(text('a'))] }] },
      '<ol start="1"><li>a</li></ol>',
    ],
    [{ type: 'bulletList', content: [paragraph(text('kein Punkt'))] }, '<ul></ul>'],
    [{ type: 'paragraph', content: 'text' }, '<p></p>'],
    [
      { type: 'paragraph', content: [null, 1, 'x', [], { text: 'ohne Art' }, { type: 'text', text: { a: 1 } }] },
      '<p></p>',
    ],
    [{ type: 'text', text: 'lose' }, '<p>lose</p>'],
    [null, ''],
  ])('of %j only what is allowed remains', (node, expected) => {
    expect(html(doc(node))).toBe(expected);
  });

  test.each([null, undefined, 7, true, [], {}, { type: 'doc' }, { type: 'paragraph' }, { type: 'doc', content: {} }])(
    'shows nothing for %j',
    (document) => {
      expect(html(document)).toBe('');
    },
  );

  test('survives depth and length', () => {
    let deep: unknown = paragraph(text('unten'));
    for (let level = 0; level < 5000; level += 1) deep = { type: 'blockquote', content: [deep] };
    expect(html(doc(deep))).toBe('');
    const long = doc(...Array.from({ length: 100_000 }, () => paragraph(text('x'))));
    expect(readRichDocument(long).length).toBeLessThanOrEqual(5000);
  });
});

describe('plain text', () => {
  test('keeps the words and the order of a document', () => {
    expect(plainTextOf(whole)).toBe(
      'Wasser\nMittwoch\nBitte nichts\ndrehen\n– Bad\n3. Eins\n  – tief\n4. Zwei\nFragen hier',
    );
    expect(isRichDocumentEmpty(doc(paragraph(), paragraph(text('  '))))).toBe(true);
    expect(isRichDocumentEmpty(whole)).toBe(false);
  });

  test('becomes a document and comes back', () => {
    const letter = 'Guten Tag,\nam Mittwoch\n\nMit Gruß';
    expect(plainTextOf(richDocumentFromText(letter))).toBe('Guten Tag,\nam Mittwoch\nMit Gruß');
    expect(JSON.parse(richDocumentFromText(''))).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] });
    expect(html('{"kein":"Dokument"}')).toBe('<p>{&quot;kein&quot;:&quot;Dokument&quot;}</p>');
  });

  test('links addresses and nothing else', () => {
    const shown = renderToStaticMarkup(
      <PlainText text={'Siehe https://example.org/a, javascript:alert(1) und http://x.example\n<b>Ende</b>'} />,
    );
    expect(shown).toBe(
      '<div class="tp-plain">Siehe <a href="https://example.org/a" target="_blank" rel="noopener noreferrer nofollow">' +
        'https://example.org/a</a>, javascript:alert(1) und http://x.example\n&lt;b&gt;Ende&lt;/b&gt;</div>',
    );
  });
});
