import { Alert, Button, Group, Stack } from '@mantine/core';
import { unmapped } from '../../../shared/features/imports/mapping.ts';
import type { ImportFile } from '../../../shared/features/imports/model.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed } from '../../lib/queries.ts';
import { FileCard } from './file-card.tsx';
import { importsTexts } from './imports-texts.ts';

interface ColumnsStepProps {
  readonly importId: string;
  readonly files: readonly ImportFile[];
  readonly onChange: (file: ImportFile) => void;
  readonly onNext: () => void;
}

/** What each file seems to be; the person corrects kind, format and columns. */
export function ColumnsStep({ importId, files, onChange, onNext }: ColumnsStepProps) {
  const t = useTexts(importsTexts);
  const { run } = useDeed('imports.adjust');
  const chosen = files.filter((file) => file.kind !== null);
  const incomplete = chosen.some((file) => file.kind !== null && unmapped(file.kind, file.mapping).length > 0);
  return (
    <Stack gap="lg">
      {files.map((file) => (
        <FileCard
          key={file.fileId}
          file={file}
          onAdjust={async (wish) => {
            const { fileId, kind, format, mapping } = { ...file, ...wish };
            const adjusted = await run({ importId, fileId, kind, format, mapping });
            if (adjusted !== null) onChange(adjusted);
          }}
        />
      ))}
      {chosen.length === 0 && <Alert color="amber">{t('nothingToImport')}</Alert>}
      {incomplete && <Alert color="amber">{t('mapFirst')}</Alert>}
      <Group>
        <Button disabled={chosen.length === 0 || incomplete} onClick={onNext}>
          {t('check')}
        </Button>
      </Group>
    </Stack>
  );
}
