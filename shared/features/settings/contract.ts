import { z } from 'zod';
import { defineOperations, idInput, nothing } from '../../contract/define.ts';
import { email, id, instant, requiredLine } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { statusRow, topicRow } from '../activities/contract.ts';
import { documentCategoryRow } from '../documents/contract.ts';
import { groupEntity, organisationEntity, staffEntity, staffRoles } from './model.ts';

export const organisationRow = rowSchema(organisationEntity);
export const staffRow = rowSchema(staffEntity);
export const groupRow = rowSchema(groupEntity);

export const settingsOperations = defineOperations({
  state: {
    summary: 'Whether this desk has a company, and who works at it.',
    input: nothing,
    output: z.strictObject({
      phase: z.enum(['first-run', 'ready']),
      organisation: organisationRow.nullable(),
      staff: staffRow.nullable(),
      /** How the database key is kept: by the system, or as a file that only this user can read. */
      keyProtection: z.enum(['system', 'file']),
      host: z.enum(['electron', 'browser']),
      version: z.string(),
      /** When this desk was emptied because its device was revoked; null otherwise. */
      wipedAt: instant.nullable(),
    }),
    audience: 'staff',
    desk: true,
  },
  createOrganisation: {
    summary: 'First run: founds the company offline, with default topics, statuses, categories and groups.',
    input: z.strictObject({
      name: requiredLine(200),
      staff: z.strictObject({ name: requiredLine(200), email }),
    }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
  lists: {
    summary: 'What forms choose from.',
    input: nothing,
    output: z.strictObject({
      topics: z.array(topicRow),
      statuses: z.array(statusRow),
      categories: z.array(documentCategoryRow),
      groups: z.array(groupRow),
      staff: z.array(staffRow),
    }),
    audience: 'staff',
    desk: true,
  },
  saveOrganisation: {
    summary: 'Changes the company’s own data.',
    input: z.strictObject({ fields: organisationRow.omit({ id: true }).partial() }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  saveStaff: {
    summary: 'Adds (no id) or changes a colleague.',
    input: z.strictObject({
      id: id.optional(),
      fields: staffRow
        .omit({ id: true, photo: true })
        .extend({ role: z.enum(staffRoles) })
        .partial(),
    }),
    output: idInput,
    audience: 'staff',
    desk: true,
  },
});
