import type { Output } from '../../../shared/contract/registry.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { StatusBadge, toneOfAccount } from '../../../shared/ui/status-badge.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';

/** What a person's portal account is. */
export type PersonAccountState = Output<'people.get'>['accountState'];

/** The state of a person's portal account; nothing where there is none. */
export function AccountBadge({ state }: { readonly state: PersonAccountState }) {
  const label = useTexts(labelTexts);
  if (state === 'none') return null;
  return (
    <StatusBadge tone={toneOfAccount(state)} size="sm">
      {label(`account.${state}`)}
    </StatusBadge>
  );
}
