import type { Output } from '../../../shared/contract/registry.ts';
import { StatusBadge, toneOfPublication } from '../../../shared/ui/status-badge.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { publicationTexts } from '../../lib/publication/publication-texts.ts';

export type DocumentRow = Output<'documents.get'>;

/** What a document waits for: one that is queued cannot appear before its file has arrived. */
export function stateOf(
  document: Pick<DocumentRow, 'state' | 'versions'>,
): 'draft' | 'queued' | 'upload' | 'published' {
  const waits = document.versions[0]?.uploadPending === true;
  return document.state === 'queued' && waits ? 'upload' : document.state;
}

/** The state of a document as icon and words. */
export function DocumentState({ document }: { readonly document: Pick<DocumentRow, 'state' | 'versions'> }) {
  const t = useTexts(publicationTexts);
  return <StatusBadge tone={toneOfPublication(document.state)}>{t(`state.${stateOf(document)}`)}</StatusBadge>;
}
