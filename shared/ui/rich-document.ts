/**
 * Formatted text is stored as a ProseMirror document in JSON, written by our editor or by anybody who can reach the
 * wire. Reading it is therefore building a new tree from a short list of what is allowed; nothing is passed through.
 */

interface RichText {
  readonly kind: 'text';
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  /** `https:` or `mailto:` only. */
  readonly href: string | null;
}

export type RichInline = RichText | { readonly kind: 'break' };

export type RichBlock =
  | { readonly kind: 'paragraph'; readonly content: readonly RichInline[] }
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly content: readonly RichInline[] }
  | { readonly kind: 'bullets'; readonly items: readonly (readonly RichBlock[])[] }
  | { readonly kind: 'numbers'; readonly start: number; readonly items: readonly (readonly RichBlock[])[] };

/** Deeper or longer than this nobody writes; a document that is, is cut there. */
const maxDepth = 12;
const maxNodes = 5000;

interface Budget {
  nodes: number;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function childrenOf(node: unknown): readonly unknown[] {
  return isRecord(node) && Array.isArray(node.content) ? node.content : [];
}

function typeOf(node: unknown): string {
  return isRecord(node) && typeof node.type === 'string' ? node.type : '';
}

/** The address of a link if it is one we follow, else null. Unusual writing (spaces, control characters) is refused. */
export function safeHref(href: unknown): string | null {
  if (typeof href !== 'string' || href.length > 2000) return null;
  const scheme = /^(https:\/\/|mailto:)[^\s\\<>"'`]+$/i.exec(href);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keeping control characters out is the point
  if (scheme === null || /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(href)) return null;
  try {
    const url = new URL(href);
    if (url.protocol === 'mailto:') return url.href;
    // A name before the host (https://bank.de@evil.example) only serves to deceive.
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}

function textNode(node: unknown): RichText | null {
  if (!isRecord(node) || typeof node.text !== 'string' || node.text === '') return null;
  const marks = Array.isArray(node.marks) ? node.marks : [];
  const link = marks.find((mark) => typeOf(mark) === 'link');
  return {
    kind: 'text',
    text: node.text,
    bold: marks.some((mark) => typeOf(mark) === 'bold'),
    italic: marks.some((mark) => typeOf(mark) === 'italic'),
    href: isRecord(link) && isRecord(link.attrs) ? safeHref(link.attrs.href) : null,
  };
}

function inlines(node: unknown, budget: Budget, depth: number): RichInline[] {
  const found: RichInline[] = [];
  if (depth > maxDepth) return found;
  for (const child of childrenOf(node)) {
    budget.nodes -= 1;
    if (budget.nodes < 0) break;
    const text = typeOf(child) === 'text' ? textNode(child) : null;
    if (text !== null) found.push(text);
    else if (typeOf(child) === 'hardBreak') found.push({ kind: 'break' });
    // Something unknown loses its wrapper; its words stay.
    else found.push(...inlines(child, budget, depth + 1));
  }
  return found;
}

function listItems(node: unknown, budget: Budget, depth: number): RichBlock[][] {
  return childrenOf(node)
    .filter((child) => typeOf(child) === 'listItem')
    .map((item) => blocks(item, budget, depth + 1))
    .filter((item) => item.length > 0);
}

function headingLevel(node: unknown): 2 | 3 {
  const level = isRecord(node) && isRecord(node.attrs) ? node.attrs.level : null;
  return level === 1 || level === 2 ? 2 : 3;
}

function listStart(node: unknown): number {
  const start = isRecord(node) && isRecord(node.attrs) ? node.attrs.start : null;
  return typeof start === 'number' && Number.isInteger(start) && start > 0 && start < 100_000 ? start : 1;
}

function blocks(node: unknown, budget: Budget, depth: number): RichBlock[] {
  const found: RichBlock[] = [];
  if (depth > maxDepth) return found;
  for (const child of childrenOf(node)) {
    budget.nodes -= 1;
    if (budget.nodes < 0) break;
    switch (typeOf(child)) {
      case 'paragraph':
        found.push({ kind: 'paragraph', content: inlines(child, budget, depth + 1) });
        break;
      case 'heading':
        found.push({ kind: 'heading', level: headingLevel(child), content: inlines(child, budget, depth + 1) });
        break;
      case 'bulletList':
        found.push({ kind: 'bullets', items: listItems(child, budget, depth + 1) });
        break;
      case 'orderedList':
        found.push({ kind: 'numbers', start: listStart(child), items: listItems(child, budget, depth + 1) });
        break;
      case 'text': {
        const text = textNode(child);
        if (text !== null) found.push({ kind: 'paragraph', content: [text] });
        break;
      }
      default:
        found.push(...blocks(child, budget, depth + 1));
    }
  }
  return found;
}

/** Plain text as blocks: an empty line ends a paragraph, a line break stays one. */
function blocksOfText(text: string): RichBlock[] {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => ({
      kind: 'paragraph',
      content: part
        .trim()
        .split(/\r?\n/)
        .flatMap((line, index): RichInline[] => [
          ...(index === 0 ? [] : [{ kind: 'break' } as const]),
          { kind: 'text', text: line, bold: false, italic: false, href: null },
        ]),
    }));
}

/**
 * What of a document may be shown. Takes the parsed document or its JSON text; text that is no document is shown as
 * plain text. Never throws.
 */
export function readRichDocument(source: unknown): readonly RichBlock[] {
  let document = source;
  if (typeof source === 'string') {
    try {
      document = JSON.parse(source);
    } catch {
      return blocksOfText(source);
    }
    if (typeOf(document) !== 'doc') return blocksOfText(source);
  }
  return typeOf(document) === 'doc' ? blocks(document, { nodes: maxNodes }, 0) : [];
}

function plainInlines(content: readonly RichInline[]): string {
  return content.map((inline) => (inline.kind === 'break' ? '\n' : inline.text)).join('');
}

function plainBlocks(found: readonly RichBlock[], indent: string): string[] {
  return found.flatMap((block) => {
    if (block.kind === 'paragraph' || block.kind === 'heading') {
      return [`${indent}${plainInlines(block.content)}`];
    }
    return block.items.flatMap((item, index) => {
      const mark = block.kind === 'bullets' ? '–' : `${block.start + index}.`;
      const [first = '', ...rest] = plainBlocks(item, '');
      return [`${indent}${mark} ${first}`, ...rest.map((line) => `${indent}  ${line}`)];
    });
  });
}

/** The words of a document, one block a line: for previews, search and mails. Takes what `readRichDocument` takes. */
export function plainTextOf(source: unknown): string {
  return plainBlocks(readRichDocument(source), '').join('\n').trim();
}

/** Whether a document says anything. */
export function isRichDocumentEmpty(source: unknown): boolean {
  return plainTextOf(source) === '';
}

/** Plain text as a document that our editor opens, in JSON. */
export function richDocumentFromText(text: string): string {
  const content = blocksOfText(text).map((block) => ({
    type: 'paragraph',
    content: (block.kind === 'paragraph' ? block.content : [])
      // ProseMirror refuses empty text nodes.
      .filter((inline) => inline.kind === 'break' || inline.text !== '')
      .map((inline) => (inline.kind === 'break' ? { type: 'hardBreak' } : { type: 'text', text: inline.text })),
  }));
  return JSON.stringify({ type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] });
}
