import { formatDateShort } from '../../../shared/ui/format.ts';
import type { Language, Say, SentencesIn } from '../../../shared/ui/texts.ts';
import type { peopleTexts } from './people-texts.ts';

interface Held {
  readonly current: boolean;
  readonly from: string | null;
}

/** "aktuell", "beendet", "ab 01.02.2027". */
export function membershipState(
  membership: Held,
  today: string,
  t: Say<SentencesIn<typeof peopleTexts>>,
  language: Language,
): string {
  if (membership.current) return t('current');
  if (membership.from !== null && membership.from > today) {
    return t('future', { day: formatDateShort(membership.from, language) });
  }
  return t('former');
}
