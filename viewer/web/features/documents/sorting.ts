import type { Output } from '../../../../shared/contract/registry.ts';

type Document = Output<'documents.released'>['documents'][number];

function grouped<D extends Pick<Document, 'category'>>(documents: readonly D[]): Map<string | null, D[]> {
  const groups = new Map<string | null, D[]>();
  for (const document of documents) {
    const group = groups.get(document.category);
    if (group === undefined) groups.set(document.category, [document]);
    else group.push(document);
  }
  return groups;
}

/** Documents by category, in the order in which the categories come; those without one last. */
export function byCategory<D extends Pick<Document, 'category'>>(
  documents: readonly D[],
): readonly (readonly [category: string | null, documents: readonly D[]])[] {
  const groups = grouped(documents);
  const named = [...groups].filter(([category]) => category !== null);
  const rest = groups.get(null);
  return rest === undefined ? named : [...named, [null, rest]];
}

/** The categories there are, with how many documents each holds. */
export function categoriesOf(
  documents: readonly Pick<Document, 'category'>[],
): readonly { readonly category: string | null; readonly count: number }[] {
  return byCategory(documents).map(([category, { length }]) => ({ category, count: length }));
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
}

/** Whether every word of the query stands in title, category, file name or years; without regard to case and umlauts. */
export function matches(document: Document, query: string): boolean {
  const { title, category, periodFrom, periodTo, file } = document;
  const text = folded([title, category ?? '', file.fileName, periodFrom ?? '', periodTo ?? ''].join(' '));
  return folded(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
