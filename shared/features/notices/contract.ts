import { z } from 'zod';
import { defineOperations, idInput, idsInput, listFields, nothing, page } from '../../contract/define.ts';
import { id } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { publicationStates } from '../documents/model.ts';
import { fileRow, residentFile, stagedFile } from '../files/contract.ts';
import { maxAttachments } from '../files/model.ts';
import { atProperty } from '../properties/contract.ts';
import { noticeEntity } from './model.ts';

export const noticeRow = rowSchema(noticeEntity);

const noticeListRow = noticeRow.extend({
  propertyNumber: z.string(),
  propertyName: z.string(),
  authorName: z.string(),
  files: z.array(fileRow),
});

const editable = noticeRow.pick({
  propertyId: true,
  title: true,
  body: true,
  audienceGroups: true,
  pinned: true,
  visibleFrom: true,
  visibleUntil: true,
});

export const noticesOperations = defineOperations({
  list: {
    summary: 'Notices, a window of the list.',
    input: z.strictObject({ propertyId: id.optional(), state: z.enum(publicationStates).optional(), ...listFields }),
    output: page(noticeListRow),
    audience: 'staff',
    desk: true,
  },
  get: { summary: 'One notice.', input: idInput, output: noticeListRow, audience: 'staff', desk: true },
  save: {
    summary: 'Writes a draft (no id) or changes the fields given; adds staged files, removes attachments.',
    input: z.strictObject({
      id: id.optional(),
      fields: editable.partial(),
      addFiles: z.array(stagedFile).max(maxAttachments).default([]),
      removeFileIds: z.array(id).max(maxAttachments).default([]),
    }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  publish: {
    summary: 'Queues notices for publication with the next sync.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  withdraw: {
    summary: 'Takes notices back to draft, queued or published.',
    input: idsInput,
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  remove: { summary: 'Deletes notices, restorable.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  restore: { summary: 'Restores deleted notices.', input: idsInput, output: nothing, audience: 'staff', desk: true },
  board: {
    summary: 'The board of a property as the signed-in person sees it: pinned on top, newest first.',
    input: atProperty,
    output: z.strictObject({
      notices: z.array(
        noticeRow
          .pick({ id: true, title: true, body: true, pinned: true, publishedAt: true, visibleUntil: true })
          .extend({
            authorName: z.string(),
            files: z.array(residentFile),
            isNew: z.boolean(),
          }),
      ),
    }),
    audience: 'resident',
    http: { method: 'GET', path: '/api/portal/organisations/:organisationId/properties/:propertyId/notices' },
  },
  seen: {
    summary: 'Marks the board as seen.',
    input: atProperty,
    output: nothing,
    audience: 'resident',
    http: { method: 'POST', path: '/api/portal/organisations/:organisationId/properties/:propertyId/notices/seen' },
  },
});
