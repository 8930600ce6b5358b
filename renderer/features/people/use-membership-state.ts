import { useCallback } from 'react';
import { formatDateShort } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import { peopleTexts } from './people-texts.ts';

interface Held {
  readonly current: boolean;
  readonly from: string | null;
}

/** Says whether a membership holds: "aktuell", "beendet", "ab 01.02.2027". `today` is a calendar day. */
export function useMembershipState(today: string): (membership: Held) => string {
  const t = useTexts(peopleTexts);
  const language = useLanguage();
  return useCallback(
    ({ current, from }) => {
      if (current) return t('current');
      return from !== null && from > today ? t('future', { day: formatDateShort(from, language) }) : t('former');
    },
    [t, language, today],
  );
}
