import type { Output } from '../../../shared/contract/registry.ts';
import { berlinDate } from '../../../shared/lib/dates.ts';
import { formatDateShort } from '../../../shared/ui/format.ts';
import { StatusBadge, toneOfPublication } from '../../../shared/ui/status-badge.tsx';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { useNow } from '../../../shared/ui/when.tsx';
import { publicationTexts } from '../../lib/publication/publication-texts.ts';
import { noticesTexts } from './notices-texts.ts';

export type NoticeRow = Output<'notices.get'>;

/** The state of a notice as icon and words; a published one that does not hang today says so. */
export function NoticeState({ notice }: { readonly notice: NoticeRow }) {
  const t = useTexts(noticesTexts);
  const words = useTexts(publicationTexts);
  const language = useLanguage();
  const today = berlinDate(useNow());
  if (notice.approval === 'waiting') return <StatusBadge tone="waiting">{t('waiting')}</StatusBadge>;
  if (notice.state === 'published') {
    if (notice.visibleUntil !== null && notice.visibleUntil < today) {
      return <StatusBadge tone="off">{t('over')}</StatusBadge>;
    }
    if (notice.visibleFrom !== null && notice.visibleFrom > today) {
      const day = formatDateShort(notice.visibleFrom, language);
      return <StatusBadge tone="waiting">{t('planned', { day })}</StatusBadge>;
    }
  }
  return <StatusBadge tone={toneOfPublication(notice.state)}>{words(`state.${notice.state}`)}</StatusBadge>;
}
