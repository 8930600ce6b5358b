import { Group, Kbd, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { defineTexts, useTexts } from '../../../shared/ui/texts.ts';
import { destinations, navigationTexts } from '../navigation.ts';

const texts = defineTexts({
  de: {
    title: 'Tastenkürzel',
    jump: 'Gehe zu Objekt, Person oder Bereich',
    search: 'In der Liste suchen',
    sheet: 'Diese Übersicht',
    rows: 'Zeile wählen',
    extend: 'Auswahl erweitern',
    space: 'Zeile aus- oder abwählen',
    open: 'Öffnen',
    everything: 'Alle Zeilen auswählen',
    ctrl: 'Strg',
    shift: 'Umschalt',
    blank: 'Leertaste',
    lists: 'Listen',
    everywhere: 'Überall',
    areas: 'Bereiche',
  },
  en: {
    title: 'Keyboard shortcuts',
    jump: 'Go to a property, person or area',
    search: 'Search the list',
    sheet: 'This overview',
    rows: 'Move to a row',
    extend: 'Extend the selection',
    space: 'Select or deselect the row',
    open: 'Open',
    everything: 'Select all rows',
    ctrl: 'Ctrl',
    shift: 'Shift',
    blank: 'Space',
    lists: 'Lists',
    everywhere: 'Everywhere',
    areas: 'Areas',
  },
});

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && target.type === 'checkbox')
  );
}

interface Shortcuts {
  readonly onJump: () => void;
  readonly onSheet: () => void;
}

/** Ctrl+K anywhere; outside of fields `/` to the search of the page, `?` to the sheet, `g` and a letter to an area. */
export function useShortcuts({ onJump, onSheet }: Shortcuts): void {
  const navigate = useNavigate();
  const going = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onJump();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const gone = event.timeStamp - going.current < 1500 && going.current > 0;
      going.current = 0;
      const destination = gone ? destinations.find(({ key }) => key === event.key.toLowerCase()) : undefined;
      if (destination !== undefined) void navigate(destination.path);
      else if (event.key === 'g') going.current = event.timeStamp;
      else if (event.key === '?') onSheet();
      else if (event.key === '/') document.querySelector<HTMLInputElement>('input[data-page-search]')?.focus();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, onJump, onSheet]);
}

/** All shortcuts on one sheet. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(texts);
  const say = useTexts(navigationTexts);
  const common = useTexts(commonTexts);
  const everywhere = [
    { keys: [t('ctrl'), 'K'], label: t('jump') },
    { keys: ['/'], label: t('search') },
    { keys: ['?'], label: t('sheet') },
  ];
  const lists = [
    { keys: ['↑', '↓'], label: t('rows') },
    { keys: ['↵'], label: t('open') },
    { keys: [t('blank')], label: t('space') },
    { keys: [t('shift'), '↑↓'], label: t('extend') },
    { keys: [t('ctrl'), 'A'], label: t('everything') },
  ];
  const areas = destinations.map(({ place, key }) => ({ keys: ['g', key], label: say(place) }));
  return (
    <Modal opened onClose={onClose} title={t('title')} size={640} closeButtonProps={{ 'aria-label': common('close') }}>
      <SimpleGrid cols={2} spacing="xl">
        <Stack gap="lg">
          <Sheet heading={t('everywhere')} lines={everywhere} />
          <Sheet heading={t('lists')} lines={lists} />
        </Stack>
        <Sheet heading={t('areas')} lines={areas} />
      </SimpleGrid>
    </Modal>
  );
}

interface SheetProps {
  readonly heading: string;
  readonly lines: readonly { readonly keys: readonly string[]; readonly label: string }[];
}

function Sheet({ heading, lines }: SheetProps) {
  return (
    <Stack gap={6}>
      <Text fw={600}>{heading}</Text>
      {lines.map(({ keys, label }) => (
        <Group key={label} justify="space-between" wrap="nowrap">
          <Text>{label}</Text>
          <Group gap={4} wrap="nowrap">
            {keys.map((key) => (
              <Kbd key={key} size="xs">
                {key}
              </Kbd>
            ))}
          </Group>
        </Group>
      ))}
    </Stack>
  );
}
