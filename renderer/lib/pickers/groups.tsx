import { Checkbox, Group, Select } from '@mantine/core';
import { type ReactNode, useCallback } from 'react';
import { type GroupKey, groupKeys } from '../../../shared/features/properties/model.ts';
import { labelTexts } from '../../../shared/ui/label-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useOperation } from '../queries.ts';
import type { PickerProps } from './remote-select.tsx';

/** Says a group in the company's own words, else in ours. */
export function useGroupLabel(): (key: GroupKey) => string {
  const t = useTexts(labelTexts);
  const { data } = useOperation('settings.lists', {});
  const groups = data?.groups;
  return useCallback((key) => groups?.find((group) => group.key === key)?.label ?? t(`group.${key}`), [groups, t]);
}

interface GroupChecksProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly value: readonly GroupKey[];
  readonly onChange: (value: GroupKey[]) => void;
  readonly error?: ReactNode;
  readonly disabled?: boolean;
}

/** Chooses groups as an audience. */
export function GroupChecks({ label, description, value, onChange, error, disabled = false }: GroupChecksProps) {
  const say = useGroupLabel();
  return (
    <Checkbox.Group
      label={label}
      description={description}
      error={error}
      value={[...value]}
      onChange={(keys) => onChange(groupKeys.filter((key) => keys.includes(key)))}
    >
      <Group gap="md" mt={6}>
        {groupKeys.map((key) => (
          <Checkbox key={key} value={key} label={say(key)} disabled={disabled} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

/** Chooses one group. */
export function GroupSelect(props: PickerProps) {
  const say = useGroupLabel();
  return (
    <Select
      {...props}
      allowDeselect={props.clearable === true}
      data={groupKeys.map((key) => ({ value: key, label: say(key) }))}
    />
  );
}
