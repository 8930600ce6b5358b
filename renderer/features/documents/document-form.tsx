import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { commonTexts } from '../../../shared/ui/common-texts.ts';
import { useTexts } from '../../../shared/ui/texts.ts';
import { FileStaging } from '../../lib/files/file-staging.tsx';
import { useStaging } from '../../lib/files/use-staging.ts';
import { changedFields } from '../../lib/forms/fields.ts';
import { useSchemaForm } from '../../lib/forms/schema-form.ts';
import { FormDialog } from '../../lib/layout/form-dialog.tsx';
import { useDeed } from '../../lib/queries.ts';
import {
  type DocumentEntries,
  type DocumentFields,
  DocumentFieldsForm,
  documentSchema,
  titleFromName,
} from './document-fields.tsx';
import type { DocumentRow } from './document-state.tsx';
import { documentsTexts } from './documents-texts.ts';
import { useDocumentsPublication } from './use-documents-publication.ts';

/** Checked by the schema: the property is chosen. */
function fieldsOf(entries: DocumentEntries): DocumentFields {
  return { ...entries, propertyId: entries.propertyId ?? '' };
}

interface NewDocumentProps {
  /** Where it is filed, when that is settled. */
  readonly propertyId: string | null;
  /** Dropped beforehand; filed one after the other, with the same entries to begin with. */
  readonly files: readonly File[];
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}

/** Files dropped files as documents, as drafts or queued for publication at once. */
export function NewDocument({ propertyId, files, onClose, onCreated }: NewDocumentProps) {
  const t = useTexts(documentsTexts);
  const staging = useStaging();
  const { run, running } = useDeed('documents.create');
  const { publish } = useDocumentsPublication();
  const [place, setPlace] = useState(0);
  const [missing, setMissing] = useState(false);
  const form = useSchemaForm<DocumentEntries>(documentSchema, {
    initialValues: {
      propertyId,
      title: '',
      categoryId: null,
      audienceGroups: [],
      audiencePersonIds: [],
      periodFrom: null,
      periodTo: null,
    },
  });
  const current = files[place];
  // biome-ignore lint/correctness/useExhaustiveDependencies: each dropped file begins once
  useEffect(() => {
    if (current === undefined) return;
    staging.clear();
    staging.add([current]);
  }, [current]);
  const fileName = staging.items[0]?.file.name;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name proposes a title once; what one wrote stays
  useEffect(() => {
    if (fileName === undefined) return;
    setMissing(false);
    if (form.values.title === '') form.setFieldValue('title', titleFromName(fileName));
  }, [fileName]);
  const submit = (thenPublish: boolean) =>
    form.onSubmit(async (entries) => {
      const [file] = staging.staged;
      if (file === undefined) {
        setMissing(!staging.busy);
        return;
      }
      if (thenPublish && entries.audienceGroups.length === 0 && entries.audiencePersonIds.length === 0) {
        form.setFieldError('audienceGroups', t('audienceMissing'));
        return;
      }
      const created = await run({ fields: fieldsOf(entries), file });
      if (created === null) return;
      if (thenPublish) await publish([created.id]);
      if (place + 1 < files.length) {
        form.setFieldValue('title', '');
        setPlace(place + 1);
        return;
      }
      onClose();
      onCreated(created.id);
    });
  const counted = files.length > 1 ? ` · ${t('nextFile', { number: place + 1, total: files.length })}` : '';
  return (
    <FormDialog
      title={`${t('newDocument')}${counted}`}
      submitLabel={t('saveDraft')}
      onClose={onClose}
      onSubmit={submit(false)}
      running={running || staging.busy}
      dirty={form.isDirty() || staging.items.length > 0}
      size={640}
      footer={
        <Button variant="light" mr="auto" disabled={running || staging.busy} onClick={() => submit(true)()}>
          {t('saveAndPublish')}
        </Button>
      }
    >
      <FileStaging staging={staging} multiple={false} label={t('dropFile')} />
      {missing && (
        <Text size="xs" c="alarm" role="alert">
          {t('fileNeeded')}
        </Text>
      )}
      <DocumentFieldsForm form={form} fixedProperty={propertyId !== null} />
    </FormDialog>
  );
}

interface EditDocumentProps {
  readonly document: DocumentRow;
  readonly onClose: () => void;
}

/** Changes what is said about a document. */
export function EditDocument({ document, onClose }: EditDocumentProps) {
  const t = useTexts(documentsTexts);
  const common = useTexts(commonTexts);
  const { run, running } = useDeed('documents.save');
  const { propertyId, title, categoryId, audienceGroups, audiencePersonIds, periodFrom, periodTo } = document;
  const before = { propertyId, title, categoryId, audienceGroups, audiencePersonIds, periodFrom, periodTo };
  const form = useSchemaForm<DocumentEntries>(documentSchema, { initialValues: before });
  const submit = form.onSubmit(async (entries) => {
    if (document.state !== 'draft' && entries.audienceGroups.length + entries.audiencePersonIds.length === 0) {
      form.setFieldError('audienceGroups', t('audienceMissing'));
      return;
    }
    const fields = changedFields<DocumentFields>(before, fieldsOf(entries));
    if ((await run({ id: document.id, fields })) !== null) onClose();
  });
  return (
    <FormDialog
      title={t('editDocument')}
      submitLabel={common('save')}
      onClose={onClose}
      onSubmit={submit}
      running={running}
      dirty={form.isDirty()}
      size={640}
    >
      <DocumentFieldsForm form={form} fixedProperty={false} />
    </FormDialog>
  );
}
