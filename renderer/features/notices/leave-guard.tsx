import { type RefObject, useEffect } from 'react';
import { useBlocker } from 'react-router';
import { confirm } from '../../../shared/ui/confirm.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { noticesTexts } from './notices-texts.ts';

/** Asks before changes are thrown away; resolves to whether they may be. */
export function useLeaveQuestion(): () => Promise<boolean> {
  const t = useTexts(noticesTexts);
  return () =>
    confirm({
      title: t('leaveTitle'),
      body: t('leaveBody'),
      confirmLabel: t('leave'),
      cancelLabel: t('stay'),
      danger: true,
    });
}

/** Asks when the page is left. Mounted while there are changes; `unsaved` says it once more at that moment. */
export function LeaveGuard({ unsaved }: { readonly unsaved: RefObject<boolean> }) {
  const ask = useLeaveQuestion();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved.current && currentLocation.pathname !== nextLocation.pathname,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt to leave asks once
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    void ask().then((leaves) => (leaves ? blocker.proceed() : blocker.reset()));
  }, [blocker.state]);
  return null;
}
