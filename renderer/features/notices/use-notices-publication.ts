import { useTexts } from '../../../shared/ui/texts.ts';
import { type Publication, usePublication } from '../../lib/publication/use-publication.ts';
import { noticesTexts } from './notices-texts.ts';

/** Publishing, withdrawing and deleting notices, with what is said afterwards. */
export function useNoticesPublication(): Publication {
  const t = useTexts(noticesTexts);
  return usePublication('notices', {
    queued: (count) => t('queued', { count }),
    withdrawn: (count) => t('withdrawn', { count }),
  });
}
