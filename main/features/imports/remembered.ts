import { z } from 'zod';
import {
  type ColumnMapping,
  columnMapping,
  type ImportKind,
  importKinds,
} from '../../../shared/features/imports/model.ts';
import type { MetaStore } from '../../service/context.ts';

const remembered = z.strictObject({ kind: z.enum(importKinds), mapping: columnMapping });

const key = (fingerprint: string): string => `importMapping ${fingerprint}`;

/** The mapping that an earlier import of a file with these headings was confirmed with; null where there was none. */
export function rememberedMapping(
  meta: MetaStore,
  fingerprint: string,
): { readonly kind: ImportKind; readonly mapping: ColumnMapping } | null {
  const parsed = remembered.safeParse(meta.get(key(fingerprint)));
  return parsed.success ? parsed.data : null;
}

/** Keeps the mapping of a confirmed import for files with the same headings. */
export function rememberMapping(meta: MetaStore, fingerprint: string, kind: ImportKind, mapping: ColumnMapping): void {
  meta.set(key(fingerprint), { kind, mapping });
}
