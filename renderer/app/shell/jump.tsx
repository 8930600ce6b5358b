import { Combobox, Group, Modal, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuilding, IconSearch, IconUser, type TablerIcon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { useOperation } from '../../lib/queries.ts';
import { destinations, navigationTexts } from '../navigation.ts';

const texts = defineTexts({
  de: { title: 'Gehe zu', areas: 'Bereiche', properties: 'Objekte', people: 'Personen' },
  en: { title: 'Go to', areas: 'Areas', properties: 'Properties', people: 'People' },
});

interface Target {
  readonly path: string;
  readonly label: string;
  readonly hint: string;
  readonly icon: TablerIcon;
}

function useTargets(typed: string): readonly { readonly heading: string; readonly targets: readonly Target[] }[] {
  const t = useTexts(texts);
  const say = useTexts(navigationTexts);
  const [query] = useDebouncedValue(typed.trim(), 120);
  const search = { enabled: query !== '', keepPrevious: true };
  const properties = useOperation('properties.list', { query, sort: 'number', offset: 0, limit: 8 }, search);
  const people = useOperation('people.list', { query, sort: 'name', offset: 0, limit: 8 }, search);
  const wanted = typed.trim().toLocaleLowerCase('de-DE');
  const areas = destinations
    .filter(({ place }) => say(place).toLocaleLowerCase('de-DE').includes(wanted))
    .map(({ place, path, icon, key }) => ({ path, label: say(place), hint: `g ${key}`, icon }));
  const houses = (query === '' ? [] : (properties.data?.rows ?? [])).map((row) => ({
    path: `/properties/${row.id}`,
    label: `${row.number} · ${row.name}`,
    hint: row.city ?? '',
    icon: IconBuilding,
  }));
  const persons = (query === '' ? [] : (people.data?.rows ?? [])).map((row) => ({
    path: `/people/${row.id}`,
    label: row.name,
    hint: row.places.map((place) => [place.propertyNumber, place.unitNumber].filter(Boolean).join('/')).join(', '),
    icon: IconUser,
  }));
  return [
    { heading: t('areas'), targets: areas },
    { heading: t('properties'), targets: houses },
    { heading: t('people'), targets: persons },
  ].filter(({ targets }) => targets.length > 0);
}

/** Ctrl+K: to an area, a property or a person by typing a part of its name. */
export function Jump({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(texts);
  const common = useTexts(commonTexts);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const sections = useTargets(typed);
  const combobox = useCombobox({ opened: true, onDropdownClose: onClose });
  const shown = sections.flatMap(({ targets }) => targets.map(({ path }) => path)).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: other results, first one chosen
  useEffect(() => {
    combobox.selectFirstOption();
  }, [shown]);
  const go = (path: string) => {
    onClose();
    void navigate(path);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      aria-label={t('title')}
    >
      <Combobox store={combobox} onOptionSubmit={go}>
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            variant="unstyled"
            size="md"
            px="md"
            py={6}
            aria-label={t('title')}
            placeholder={common('searchPlaceholder')}
            leftSection={<IconSearch size={16} />}
            leftSectionWidth={48}
            value={typed}
            maxLength={200}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
        <Combobox.Options p="xs" style={{ borderTop: '1px solid var(--tp-line)' }}>
          <ScrollArea.Autosize mah="56vh">
            {sections.length === 0 && <Combobox.Empty>{common('nothingFound')}</Combobox.Empty>}
            {sections.map(({ heading, targets }) => (
              <Combobox.Group key={heading} label={heading}>
                {targets.map(({ path, label, hint, icon: Icon }) => (
                  <Combobox.Option key={path} value={path}>
                    <Group gap="sm" wrap="nowrap">
                      <Icon size={16} aria-hidden="true" />
                      <Text flex={1} truncate>
                        {label}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {hint}
                      </Text>
                    </Group>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox>
    </Modal>
  );
}
