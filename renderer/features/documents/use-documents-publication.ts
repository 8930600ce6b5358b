import { useTexts } from '../../../shared/ui/texts.ts';
import { type Publication, usePublication } from '../../lib/publication/use-publication.ts';
import { documentsTexts } from './documents-texts.ts';

/** Publishing, withdrawing and deleting documents, with what is said afterwards. */
export function useDocumentsPublication(): Publication {
  const t = useTexts(documentsTexts);
  return usePublication('documents', {
    queued: (count) => t('queued', { count }),
    withdrawn: (count) => t('withdrawn', { count }),
  });
}
