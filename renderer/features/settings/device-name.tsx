import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { showDone } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../../lib/queries.ts';
import { devicesTexts } from './devices-texts.ts';
import classes from './settings-page.module.css';

interface DeviceNameProps {
  readonly id: string;
  readonly name: string;
  readonly mayRename: boolean;
  /** What stands beside the name. */
  readonly children?: ReactNode;
}

/** The name in its place: the pencil makes it a field, Enter or leaving it saves, Escape leaves it as it was. */
export function DeviceName({ id, name, mayRename, children }: DeviceNameProps) {
  const t = useTexts(devicesTexts);
  const [draft, setDraft] = useState<string | null>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const { run, running } = useDeed('sync.nameDevice');
  const close = () => {
    setDraft(null);
    // Where the keyboard was before.
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const save = async () => {
    const wanted = draft?.trim() ?? '';
    if (running) return;
    if (wanted === '' || wanted === name) return close();
    if ((await run({ id, name: wanted })) === null) return;
    showDone(t('renamed', { name: wanted }));
    close();
  };
  if (draft !== null) {
    return (
      <TextInput
        aria-label={t('name')}
        value={draft}
        maxLength={120}
        size="xs"
        disabled={running}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          close();
        }}
      />
    );
  }
  return (
    <div>
      <span className={classes.deviceLabel}>{name}</span> {children}
      {mayRename && (
        <span className={classes.pencilPlace}>
          <Tooltip label={t('rename')}>
            <ActionIcon
              ref={pencil}
              size="sm"
              className={classes.pencil}
              aria-label={t('renameOne', { name })}
              onClick={() => setDraft(name)}
            >
              <IconPencil size={14} />
            </ActionIcon>
          </Tooltip>
        </span>
      )}
    </div>
  );
}
