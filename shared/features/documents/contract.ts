import { z } from 'zod';
import { defineOperations, idInput, idsInput, listFields, nothing, page } from '../../contract/define.ts';
import { id } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { fileRow, residentFile, stagedFile } from '../files/contract.ts';
import { atProperty } from '../properties/contract.ts';
import { documentCategoryEntity, documentEntity, publicationStates } from './model.ts';

export const documentRow = rowSchema(documentEntity);
export const documentCategoryRow = rowSchema(documentCategoryEntity);

const documentListRow = documentRow.extend({
  propertyNumber: z.string(),
  propertyName: z.string(),
  categoryName: z.string().nullable(),
  /** Current version first. */
  versions: z.array(fileRow),
});

const editable = documentRow.omit({ id: true, state: true, publishedAt: true, createdAt: true });

export const documentsOperations = defineOperations({
  list: {
    summary: 'Documents, a window of the list.',
    input: z.strictObject({
      propertyId: id.optional(),
      categoryId: id.optional(),
      state: z.enum(publicationStates).optional(),
      ...listFields,
    }),
    output: page(documentListRow),
    audience: 'staff',
    desk: true,
  },
  get: { summary: 'One document.', input: idInput, output: documentListRow, audience: 'staff', desk: true },
  create: {
    summary: 'Files a staged file as a draft.',
    input: z.strictObject({ fields: editable, file: stagedFile }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  save: {
    summary: 'Changes the fields given.',
    input: z.strictObject({ id, fields: editable.partial() }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  addVersion: {
    summary: 'A new current version.',
    input: z.strictObject({ id, file: stagedFile }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  publish: {
    summary: 'Queues documents for publication with the next sync.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  withdraw: {
    summary: 'Takes documents back to draft, queued or published.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  remove: {
    summary: 'Deletes documents, restorable.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  restore: { summary: 'Restores deleted documents.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  released: {
    summary: 'The documents released for the signed-in person at a property.',
    input: atProperty,
    output: z.strictObject({
      documents: z.array(
        documentRow.pick({ id: true, title: true, periodFrom: true, periodTo: true, publishedAt: true }).extend({
          category: z.string().nullable(),
          file: residentFile,
          isNew: z.boolean(),
        }),
      ),
    }),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/properties/:propertyId/documents' },
  },
  seen: {
    summary: 'Marks the documents of a property as seen.',
    input: atProperty,
    output: nothing,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/organisations/:organisationId/properties/:propertyId/documents/seen' },
  },
});
