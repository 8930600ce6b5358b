import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import type { Document } from '../../../shared/features/documents/model.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { deletionEdits, requireParent, rowsToRestore } from '../../db/gather/deletion.ts';
import { filesOf } from '../../db/gather/files.ts';
import { checkReference, liveRow, liveRows } from '../../db/lookup.ts';
import { attachmentEdits } from '../../service/attach.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { getDocument, listDocuments } from './repository.ts';

export const documentsHandlers: DeskHandlers<'documents'> = {
  'documents.list': (context, input) => listDocuments(context.db, context.files, input),

  'documents.get': (context, { id }) => getDocument(context.db, context.files, id),

  'documents.create': (context, input) => createDocument(context, input),

  'documents.save': (context, input) => {
    saveDocument(context, input);
    return {};
  },

  'documents.addVersion': (context, { id, file }) => {
    liveRow(context.db, 'document', id);
    const versions = filesOf(context.db, context.files, 'document', [id]).get(id) ?? [];
    const position = 1 + Math.max(-1, ...versions.map((version) => version.position));
    context.write(attachmentEdits(context, 'document', id, [file], position));
    return {};
  },

  'documents.publish': (context, { ids }) => {
    const drafts = liveRows(context.db, 'document', ids).filter((document) => document.state === 'draft');
    for (const document of drafts) refuseUnready(context, document);
    context.write(drafts.map(({ id }) => publicationEdit(id, 'queued')));
    return {};
  },

  'documents.withdraw': (context, { ids }) => {
    const released = liveRows(context.db, 'document', ids).filter((document) => document.state !== 'draft');
    context.write(released.map(({ id }) => publicationEdit(id, 'draft')));
    return {};
  },

  'documents.remove': (context, { ids }) => {
    liveRows(context.db, 'document', ids);
    context.write(deletionEdits('document', ids, true));
    return {};
  },

  'documents.restore': (context, { ids }) => {
    const rows = rowsToRestore(context.db, 'document', ids);
    for (const row of rows) requireParent(context.db, 'property', row.propertyId, 'propertyId');
    context.write(
      deletionEdits(
        'document',
        rows.map((row) => row.id),
        false,
      ),
    );
    return {};
  },
};

/** A new publication makes a new date; whether and when it is published, the viewer says. */
function publicationEdit(id: string, state: 'draft' | 'queued'): Edit {
  return { entity: 'document', id, set: { state, publishedAt: null } };
}

/** A publication for nobody is a slip, and one without a file would never leave the queue. */
function refuseUnready(context: DeskContext, document: Document): void {
  if (document.audienceGroups.length === 0 && document.audiencePersonIds.length === 0) {
    throw new OperationError('invalid-input', { field: 'audienceGroups', label: document.title });
  }
  if (!filesOf(context.db, context.files, 'document', [document.id]).has(document.id)) {
    throw new OperationError('not-possible-now', { field: 'file', label: document.title });
  }
}

function createDocument(
  context: DeskContext,
  { fields, file }: ParsedInput<'documents.create'>,
): Output<'documents.create'> {
  checkFields(context, null, fields);
  const id = context.newId();
  context.write([
    {
      entity: 'document',
      id,
      set: {
        ...fields,
        ...titleOf(fields.title),
        state: 'draft',
        publishedAt: null,
        createdAt: instantText(context.now()),
      },
    },
    ...attachmentEdits(context, 'document', id, [file]),
  ]);
  return { id };
}

/** Changes of a released document reach residents with the next sync; they stand in the publication until then. */
function saveDocument(context: DeskContext, { id, fields }: ParsedInput<'documents.save'>): void {
  const current = liveRow(context.db, 'document', id);
  const next = { ...current, ...fields };
  checkFields(context, current, next);
  if (next.state !== 'draft') refuseUnready(context, next);
  context.write([{ entity: 'document', id, set: { ...fields, ...titleOf(fields.title) } }]);
}

function titleOf(title: string | undefined): { readonly title?: string } {
  return title === undefined ? {} : { title: title.trim() };
}

type Editable = ParsedInput<'documents.create'>['fields'];

/** References have to lead somewhere where they change; a period must not end before it begins. */
function checkFields({ db }: DeskContext, current: Editable | null, next: Editable): void {
  if (next.propertyId !== current?.propertyId) liveRow(db, 'property', next.propertyId, 'propertyId');
  if (next.categoryId !== current?.categoryId) checkReference(db, 'documentCategory', next.categoryId, 'categoryId');
  const known = new Set(current?.audiencePersonIds);
  const added = next.audiencePersonIds.filter((personId) => !known.has(personId));
  liveRows(db, 'person', added, 'audiencePersonIds');
  if (next.periodFrom !== null && next.periodTo !== null && next.periodTo < next.periodFrom) {
    throw new OperationError('invalid-input', { field: 'periodTo' });
  }
}
