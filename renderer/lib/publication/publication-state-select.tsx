import { Select } from '@mantine/core';
import { type PublicationState, publicationStates } from '../../../shared/features/documents/model.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { publicationTexts } from './publication-texts.ts';

interface PublicationStateSelectProps {
  readonly value: PublicationState | null;
  readonly onChange: (state: PublicationState | null) => void;
}

/** Narrows a list down to drafts, to what waits or to what is out. */
export function PublicationStateSelect({ value, onChange }: PublicationStateSelectProps) {
  const t = useTexts(publicationTexts);
  return (
    <Select<PublicationState>
      aria-label={t('state')}
      placeholder={t('stateAll')}
      clearable
      w={200}
      data={publicationStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
      value={value}
      onChange={onChange}
    />
  );
}
