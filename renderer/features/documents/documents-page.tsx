import { Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFiles } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useTexts } from '../../../shared/ui/texts.ts';
import { CreateButton } from '../../lib/layout/create-button.tsx';
import { Page, Split } from '../../lib/layout/page.tsx';
import { DocumentDetail } from './document-detail.tsx';
import { NewDocument } from './document-form.tsx';
import { DocumentsList } from './documents-list.tsx';
import { documentsTexts } from './documents-texts.ts';

/** Dokumente: the list, and the document that is open beside it. Files dropped anywhere begin new ones. */
export function DocumentsPage() {
  const t = useTexts(documentsTexts);
  const { id = null } = useParams();
  const navigate = useNavigate();
  const open = (next: string | null) => void navigate(next === null ? '/documents' : `/documents/${next}`);
  const [filing, setFiling] = useState<readonly File[] | null>(null);
  const list = (
    <Page
      title={t('documents')}
      fill
      actions={<CreateButton label={t('newDocument')} narrow={id !== null} onClick={() => setFiling([])} />}
    >
      <DocumentsList propertyId={null} openId={id} onOpen={open} onCreate={() => setFiling([])} />
    </Page>
  );
  return (
    <>
      <Split list={list} detail={id === null ? null : <DocumentDetail key={id} id={id} onClose={() => open(null)} />} />
      <DropAnywhere active={filing === null} onFiles={setFiling} />
      {filing !== null && (
        <NewDocument propertyId={null} files={filing} onClose={() => setFiling(null)} onCreated={open} />
      )}
    </>
  );
}

/** Dokumente of a property. */
export function PropertyDocuments({ propertyId }: { readonly propertyId: string }) {
  const t = useTexts(documentsTexts);
  const [openId, setOpenId] = useState<string | null>(null);
  const [filing, setFiling] = useState<readonly File[] | null>(null);
  return (
    <>
      <Split
        list={
          <DocumentsList
            propertyId={propertyId}
            openId={openId}
            onOpen={setOpenId}
            onCreate={() => setFiling([])}
            actions={<CreateButton label={t('newDocument')} narrow={openId !== null} onClick={() => setFiling([])} />}
          />
        }
        detail={openId === null ? null : <DocumentDetail key={openId} id={openId} onClose={() => setOpenId(null)} />}
      />
      <DropAnywhere active={filing === null} onFiles={setFiling} />
      {filing !== null && (
        <NewDocument propertyId={propertyId} files={filing} onClose={() => setFiling(null)} onCreated={setOpenId} />
      )}
    </>
  );
}

interface DropAnywhereProps {
  readonly active: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files dropped anywhere in the window. */
function DropAnywhere({ active, onFiles }: DropAnywhereProps) {
  const t = useTexts(documentsTexts);
  return (
    <Dropzone.FullScreen active={active} onDrop={onFiles} inputProps={{ 'aria-label': t('dropTitle') }}>
      <Group justify="center" style={{ height: '100%', minHeight: '60vh', pointerEvents: 'none' }}>
        <IconFiles size={40} aria-hidden="true" />
        <Stack gap={4}>
          <Text fw={600} size="lg">
            {t('dropTitle')}
          </Text>
          <Text c="dimmed">{t('dropBody')}</Text>
        </Stack>
      </Group>
    </Dropzone.FullScreen>
  );
}
