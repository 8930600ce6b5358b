import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNoticeBody } from './body.ts';

const doc = (...content: readonly unknown[]) => JSON.stringify({ type: 'doc', content });
const paragraph = (...content: readonly unknown[]) => ({ type: 'paragraph', content });
const text = (value: string, ...marks: readonly unknown[]) =>
  marks.length === 0 ? { type: 'text', text: value } : { type: 'text', text: value, marks };
const link = (href: unknown) => ({
  type: 'link',
  attrs: { href, target: '_blank', rel: 'noopener noreferrer nofollow', class: null, title: null },
});

describe('what the editor writes is kept', () => {
  it.each([
    ['an empty document', doc({ type: 'paragraph' })],
    [
      'marks',
      doc(paragraph(text('fett', { type: 'bold' }), { type: 'hardBreak' }, text('kursiv', { type: 'italic' }))),
    ],
    ['headings', doc({ type: 'heading', attrs: { level: 2 }, content: [text('Heizung')] })],
    [
      'lists in lists',
      doc({
        type: 'orderedList',
        attrs: { start: 1, type: null },
        content: [
          {
            type: 'listItem',
            content: [
              paragraph(text('eins')),
              { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('innen'))] }] },
            ],
          },
        ],
      }),
    ],
    ['quotes, rules, code', doc({ type: 'blockquote', content: [paragraph(text('„…“'))] }, { type: 'horizontalRule' })],
    ['a page', doc(paragraph(text('Seite', link('https://example.org/a?b=1#c'))))],
    ['a mail address', doc(paragraph(text('Mail', link('mailto:info@example.org?subject=Heizung'))))],
    ['a telephone', doc(paragraph(text('Ruf', link('tel:+49 30 123-45'))))],
    ['markup as plain text', doc(paragraph(text("<script>alert(1)</script>'; drop table notice; --")))],
  ])('%s', (_name, body) => expect(isNoticeBody(body)).toBe(true));
});

describe('everything else is refused', () => {
  const nested = (depth: number): unknown =>
    depth === 0 ? paragraph(text('tief')) : { type: 'blockquote', content: [nested(depth - 1)] };

  it.each([
    ['no JSON', '<p>Hallo</p>'],
    ['nothing', ''],
    ['a number', '1'],
    ['null', 'null'],
    ['another root', JSON.stringify(paragraph(text('x')))],
    ['no content', JSON.stringify({ type: 'doc' })],
    ['an unknown node', doc({ type: 'iframe', attrs: { src: 'https://evil.example' } })],
    ['an image', doc({ type: 'image', attrs: { src: 'https://evil.example/pixel.png' } })],
    ['raw HTML', doc({ type: 'html', content: '<script>alert(1)</script>' })],
    ['an unknown mark', doc(paragraph(text('x', { type: 'textStyle', attrs: { color: 'red' } })))],
    ['an event handler', doc({ type: 'paragraph', attrs: { onclick: 'alert(1)' }, content: [text('x')] })],
    ['a style', doc({ type: 'paragraph', attrs: { style: 'position:fixed' }, content: [text('x')] })],
    ['more fields', doc({ type: 'paragraph', content: [text('x')], innerHTML: '<b>x</b>' })],
    ['a block in a paragraph', doc(paragraph(paragraph(text('x'))))],
    ['text at the root', doc(text('x'))],
    ['text that is no text', doc(paragraph({ type: 'text', text: { toString: 'x' } }))],
    ['a level out of range', doc({ type: 'heading', attrs: { level: 7 }, content: [text('x')] })],
    ['too deep', doc(nested(200))],
    ['far too deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a prototype', '{"type":"doc","content":[{"type":"paragraph"}],"__proto__":{"polluted":true}}'],
  ])('%s', (_name, body) => expect(isNoticeBody(body)).toBe(false));

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///C:/Windows/system32',
    '//evil.example',
    '/relative',
    'https://bank.example@evil.example/',
    'https://',
    'https://example.org/"onmouseover="alert(1)',
    'https://example.org/\u202egpj.exe',
    `https://example.org/${'a'.repeat(3000)}`,
    '',
    null,
    { href: 'https://example.org' },
  ])('a link to %s', (address) => expect(isNoticeBody(doc(paragraph(text('x', link(address)))))).toBe(false));

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (source) => typeof isNoticeBody(source) === 'boolean'));
  });

  it('keeps any words, and only as words', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (words) => {
        expect(isNoticeBody(doc(paragraph(text(words))))).toBe(true);
        expect(isNoticeBody(doc({ type: words, content: [] }))).toBe(words === 'paragraph');
      }),
    );
  });
});
