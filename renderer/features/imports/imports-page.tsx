import { Button, Group, Stack, Stepper, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Output } from '../../../shared/contract/registry.ts';
import { EmptyState } from '../../../shared/ui/empty-state.tsx';
import { showInfo } from '../../../shared/ui/notify.tsx';
import { useTexts } from '../../../shared/ui/texts.ts';
import { call } from '../../lib/client.ts';
import { FileStaging } from '../../lib/files/file-staging.tsx';
import { useStaging } from '../../lib/files/use-staging.ts';
import { Page } from '../../lib/layout/page.tsx';
import { useDeed } from '../../lib/queries.ts';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { CountsTable } from './counts-table.tsx';
import { importsTexts } from './imports-texts.ts';

type Begun = Output<'imports.begin'>;
type Counts = Output<'imports.commit'>['counts'];

/** Datenimport: files, columns, check, done. Nothing is written before the last step is confirmed. */
export function ImportsPage() {
  const t = useTexts(importsTexts);
  const navigate = useNavigate();
  const staging = useStaging();
  const begin = useDeed('imports.begin');
  const [begun, setBegun] = useState<Begun | null>(null);
  const [checking, setChecking] = useState(false);
  const [counts, setCounts] = useState<Counts | null>(null);
  useForgotten(counts === null ? (begun?.importId ?? null) : null);

  const step = counts !== null ? 3 : begun === null ? 0 : checking ? 2 : 1;
  const startOver = () => {
    setBegun(null);
    setChecking(false);
    setCounts(null);
    staging.clear();
  };
  const cancel = () => {
    startOver();
    showInfo(t('cancelled'));
  };
  const leave = begun !== null && counts === null && (
    <Button variant="default" onClick={cancel}>
      {t('cancelImport')}
    </Button>
  );

  return (
    <Page title={t('title')} actions={leave} wide={step === 1 || step === 2}>
      <Stack gap="lg">
        <Stepper active={step} size="xs" allowNextStepsSelect={false} aria-label={t('title')}>
          <Stepper.Step label={t('stepFiles')} />
          <Stepper.Step label={t('stepColumns')} />
          <Stepper.Step label={t('stepCheck')} />
          <Stepper.Step label={t('stepDone')} />
        </Stepper>
        {step === 0 && (
          <Stack>
            <Text maw="44rem">{t('intro')}</Text>
            <FileStaging staging={staging} label={t('drop')} />
            <Group>
              <Button
                disabled={staging.staged.length === 0 || staging.busy}
                loading={begin.running}
                onClick={async () => setBegun(await begin.run({ files: [...staging.staged] }))}
              >
                {t('examine')}
              </Button>
            </Group>
          </Stack>
        )}
        {step === 1 && begun !== null && (
          <ColumnsStep
            importId={begun.importId}
            files={begun.files}
            onChange={(file) =>
              setBegun({ ...begun, files: begun.files.map((known) => (known.fileId === file.fileId ? file : known)) })
            }
            onNext={() => setChecking(true)}
          />
        )}
        {step === 2 && begun !== null && (
          <CheckStep begun={begun} onBack={() => setChecking(false)} onDone={setCounts} />
        )}
        {counts !== null && (
          <Stack>
            <EmptyState
              illustration="house"
              title={t('doneTitle')}
              action={
                <Group>
                  <Button onClick={() => void navigate('/properties')}>{t('toProperties')}</Button>
                  <Button variant="default" onClick={startOver}>
                    {t('another')}
                  </Button>
                </Group>
              }
            >
              {t('doneBody')}
            </EmptyState>
            <CountsTable counts={counts} />
          </Stack>
        )}
      </Stack>
    </Page>
  );
}

/** Throws an import away that the person leaves without confirming it. */
function useForgotten(importId: string | null): void {
  const open = useRef(importId);
  open.current = importId;
  useEffect(
    () => () => {
      // The window may be gone by then; an import that nobody confirms writes nothing anyway.
      if (open.current !== null) call('imports.cancel', { importId: open.current }).catch(() => undefined);
    },
    [],
  );
}
