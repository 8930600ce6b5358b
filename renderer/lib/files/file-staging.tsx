import { ActionIcon, Group, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFile, IconRefresh, IconX } from '@tabler/icons-react';
import { maxFileBytes } from '../../../shared/features/files/model.ts';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useErrorText } from '../../../shared/ui/error-texts.ts';
import { FileDrop } from '../../../shared/ui/file-drop.tsx';
import { formatFileSize } from '../../../shared/ui/format.ts';
import { useLanguage, useTexts } from '../../../shared/ui/texts.ts';
import classes from './file-staging.module.css';
import type { Staging, StagingItem } from './use-staging.ts';

interface FileStagingProps {
  readonly staging: Staging;
  /** Accessible name and heading of the zone. */
  readonly label?: string;
  /** Media types or endings (`.csv`) that make sense; all without it. The service checks the content. */
  readonly accept?: readonly string[];
  readonly multiple?: boolean;
}

/** Where files are dropped or chosen, and the list of those on their way with progress and errors. */
export function FileStaging({ staging, label, accept, multiple = true }: FileStagingProps) {
  return (
    <Stack gap="xs">
      <FileDrop
        maxBytes={maxFileBytes}
        {...(multiple ? {} : { maxFiles: 1 })}
        {...(label === undefined ? {} : { label })}
        {...(accept === undefined ? {} : { accept })}
        onFiles={(files) => {
          if (!multiple) staging.clear();
          staging.add(files);
        }}
      />
      {staging.items.length > 0 && (
        <ul className={classes.files}>
          {staging.items.map((item) => (
            <StagingRow key={item.key} item={item} staging={staging} />
          ))}
        </ul>
      )}
    </Stack>
  );
}

function StagingRow({ item, staging }: { readonly item: StagingItem; readonly staging: Staging }) {
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const say = useErrorText();
  const problem =
    item.error === null ? null : say(item.error.code, { name: item.file.name, ...item.error.details }).sentence;
  return (
    <li className={classes.file}>
      {item.error !== null ? (
        <IconAlertTriangle size={16} color="var(--tp-alarm)" aria-hidden="true" />
      ) : item.staged === null ? (
        <IconFile size={16} aria-hidden="true" />
      ) : (
        <IconCircleCheck size={16} color="var(--mantine-color-moss-text)" aria-hidden="true" />
      )}
      <div className={classes.name}>
        <Group gap="sm" wrap="nowrap" justify="space-between">
          <Text truncate>{item.staged?.fileName ?? item.file.name}</Text>
          <Text size="xs" c="dimmed" className="tp-figures" style={{ whiteSpace: 'nowrap' }}>
            {formatFileSize(item.file.size, language)}
          </Text>
        </Group>
        {problem !== null && (
          <Text size="xs" c="alarm" role="alert">
            {problem}
          </Text>
        )}
        {problem === null && item.staged === null && (
          <Progress value={item.file.size === 0 ? 0 : (item.sent / item.file.size) * 100} aria-label={item.file.name} />
        )}
      </div>
      {item.error !== null && (
        <Tooltip label={common('retry')}>
          <ActionIcon aria-label={common('retry')} onClick={() => staging.retry(item.key)}>
            <IconRefresh size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={common('remove')}>
        <ActionIcon aria-label={`${common('remove')}: ${item.file.name}`} onClick={() => staging.remove(item.key)}>
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
