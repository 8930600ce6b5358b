import './formatted-text.css';
import { Fragment, type ReactNode } from 'react';
import { type RichBlock, type RichInline, readRichDocument, safeHref } from './rich-document.ts';

function Link({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function renderInline(inline: RichInline): ReactNode {
  if (inline.kind === 'break') return <br />;
  let node: ReactNode = inline.text;
  if (inline.italic) node = <em>{node}</em>;
  if (inline.bold) node = <strong>{node}</strong>;
  return inline.href === null ? node : <Link href={inline.href}>{node}</Link>;
}

// The document is read anew whenever it changes and never reordered: the place in it is the key.
function keyed<Item>(items: readonly Item[], render: (item: Item) => ReactNode): ReactNode[] {
  return items.map((item, index) => {
    const key = `${index}`;
    return <Fragment key={key}>{render(item)}</Fragment>;
  });
}

function renderItem(item: readonly RichBlock[]): ReactNode {
  const [only] = item;
  const plain = item.length === 1 && only?.kind === 'paragraph';
  return <li>{plain ? keyed(only.content, renderInline) : keyed(item, renderBlock)}</li>;
}

function renderBlock(block: RichBlock): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p>{keyed(block.content, renderInline)}</p>;
    case 'heading':
      return block.level === 2 ? (
        <h3>{keyed(block.content, renderInline)}</h3>
      ) : (
        <h4>{keyed(block.content, renderInline)}</h4>
      );
    case 'bullets':
      return <ul>{keyed(block.items, renderItem)}</ul>;
    case 'numbers':
      return <ol start={block.start}>{keyed(block.items, renderItem)}</ol>;
  }
}

interface FormattedTextProps {
  /** A ProseMirror document, parsed or as JSON text; anything else is shown as plain text. */
  readonly document: unknown;
}

/** Formatted text from our editor, built from a whitelist: see rich-document.ts. */
export function FormattedText({ document }: FormattedTextProps) {
  return <div className="tp-formatted">{keyed(readRichDocument(document), renderBlock)}</div>;
}

/** Where plain text names an address; punctuation at its end belongs to the sentence. */
const address = /(https:\/\/[^\s<>"'`\\]+[^\s<>"'`\\.,;:!?)\]}])/g;

/** Plain text as it was written: line breaks stay, `https` addresses become links. */
export function PlainText({ text }: { readonly text: string }) {
  const parts = text.split(address);
  return (
    <div className="tp-plain">
      {keyed(parts, (part) => {
        const href = part.startsWith('https://') ? safeHref(part) : null;
        return href === null ? part : <Link href={href}>{part}</Link>;
      })}
    </div>
  );
}
