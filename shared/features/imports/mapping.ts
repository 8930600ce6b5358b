import { type ImportField, importFields } from './fields.ts';
import { foldHeading } from './fold-heading.ts';
import { type ColumnMapping, type ImportKind, importKinds } from './model.ts';

/** Which column each field of a kind most likely stands in; a column serves one field. */
export function proposeMapping(kind: ImportKind, headings: readonly string[]): ColumnMapping {
  const folded = headings.map((heading) => ({ heading, fold: foldHeading(heading) }));
  const taken = new Set<string>();
  const mapping: Record<string, string | null> = {};
  // Exact headings first, over all fields, so that a loose match never takes another field's column.
  for (const match of [exactly, loosely]) {
    for (const field of importFields[kind]) {
      if (mapping[field.name] !== undefined && mapping[field.name] !== null) continue;
      const found = match(
        field,
        folded.filter(({ heading }) => !taken.has(heading)),
      );
      mapping[field.name] = found;
      if (found !== null) taken.add(found);
    }
  }
  return mapping;
}

interface Folded {
  readonly heading: string;
  readonly fold: string;
}

function exactly(field: ImportField, columns: readonly Folded[]): string | null {
  for (const known of field.headings) {
    const column = columns.find(({ fold }) => fold === foldHeading(known));
    if (column !== undefined) return column.heading;
  }
  return null;
}

/** A heading that begins or ends with a known one of at least four letters: "Objektnummer intern", "Mieter-E-Mail". */
function loosely(field: ImportField, columns: readonly Folded[]): string | null {
  for (const known of field.headings.map(foldHeading)) {
    if (known.length < 4) continue;
    const column = columns.find(({ fold }) => fold.startsWith(known) || fold.endsWith(known));
    if (column !== undefined) return column.heading;
  }
  return null;
}

/** Required fields of a kind that no column serves. */
export function unmapped(kind: ImportKind, mapping: ColumnMapping): readonly string[] {
  return importFields[kind]
    .filter((field) => field.required && (mapping[field.name] ?? null) === null)
    .map((field) => field.name);
}

/**
 * What a file with these headings most likely holds: the kind whose required fields are all there and that explains
 * most columns. Null where none fits, and the person says.
 */
export function proposeKind(headings: readonly string[]): ImportKind | null {
  const scores = importKinds.flatMap((kind) => {
    const mapping = proposeMapping(kind, headings);
    const hits = Object.values(mapping).filter((heading) => heading !== null).length;
    return unmapped(kind, mapping).length > 0 || hits < 2 ? [] : [{ kind, hits }];
  });
  const [best] = scores.sort((a, b) => b.hits - a.hits);
  return best?.kind ?? null;
}

/** What a mapping is remembered by: the same headings in the same order. */
export function headingsFingerprint(headings: readonly string[]): string {
  return headings.map(foldHeading).join('|');
}
