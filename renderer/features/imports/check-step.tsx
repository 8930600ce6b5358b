import { Alert, Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/registry.ts';
import { LoadError } from '../../../shared/ui/load-error.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { useDeed, useOperation } from '../../lib/queries.ts';
import { CountsTable } from './counts-table.tsx';
import { importsTexts } from './imports-texts.ts';
import { ProblemsTable } from './problems-table.tsx';

interface CheckStepProps {
  readonly begun: Output<'imports.begin'>;
  readonly onBack: () => void;
  readonly onDone: (counts: Output<'imports.commit'>['counts']) => void;
}

/** What the import would do and everything that is wrong with the files; the person confirms. */
export function CheckStep({ begun, onBack, onDone }: CheckStepProps) {
  const t = useTexts(importsTexts);
  const { importId, files } = begun;
  const preview = useOperation('imports.preview', { importId });
  const commit = useDeed('imports.commit');
  const [skipErrors, setSkipErrors] = useState(false);
  if (preview.error !== null)
    return (
      <LoadError code={preview.error.code} details={preview.error.details} onRetry={() => void preview.refetch()} />
    );
  if (preview.data === undefined) {
    return (
      <Group>
        <Loader size="sm" />
        <Text>{t('reading')}</Text>
      </Group>
    );
  }
  const { counts, problems, problemCount, mayCommit } = preview.data;
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  const news = Object.values(counts).reduce((sum, count) => sum + count.added + count.changed, 0);
  return (
    <Stack>
      <CountsTable counts={counts} />
      {problemCount === 0 ? (
        <Alert color="moss">{news === 0 ? t('nothingNew') : t('noProblems')}</Alert>
      ) : (
        <ProblemsTable files={files} problems={problems} problemCount={problemCount} />
      )}
      {hasErrors && (
        <Checkbox
          label={t('skipErrors')}
          checked={skipErrors}
          onChange={(event) => setSkipErrors(event.currentTarget.checked)}
        />
      )}
      <Group>
        <Button
          loading={commit.running}
          disabled={!mayCommit || (hasErrors && !skipErrors)}
          onClick={async () => {
            const done = await commit.run({ importId, skipRowsWithErrors: skipErrors });
            if (done !== null) onDone(done.counts);
          }}
        >
          {t('commit')}
        </Button>
        <Button variant="default" onClick={onBack} disabled={commit.running}>
          {t('backToColumns')}
        </Button>
      </Group>
    </Stack>
  );
}
