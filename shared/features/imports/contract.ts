import { z } from 'zod';
import { defineOperations, nothing } from '../../contract/define.ts';
import { id } from '../../lib/schemas.ts';
import { stagedFile } from '../files/contract.ts';
import { columnMapping, fileFormat, importCounts, importFile, importKinds, importProblem } from './model.ts';

const counts = z.partialRecord(z.enum(importKinds), importCounts);

export const importsOperations = defineOperations({
  begin: {
    summary: 'Opens staged files for import and says what they seem to be.',
    input: z.strictObject({ files: z.array(stagedFile).min(1).max(20) }),
    output: z.strictObject({ importId: id, files: z.array(importFile) }),
    audience: 'staff',
    desk: true,
  },
  adjust: {
    summary: 'Corrects kind, format or mapping of a file and reads it again.',
    input: z.strictObject({
      importId: id,
      fileId: id,
      kind: z.enum(importKinds).nullable(),
      format: fileFormat,
      mapping: columnMapping,
    }),
    output: importFile,
    audience: 'staff',
    desk: true,
  },
  preview: {
    summary: 'Reads every row: what would be added or changed, and every problem. Writes nothing.',
    input: z.strictObject({ importId: id }),
    output: z.strictObject({ counts, problems: z.array(importProblem), problemCount: z.int(), mayCommit: z.boolean() }),
    audience: 'staff',
    desk: true,
  },
  commit: {
    summary: 'Writes the import in one transaction; rows with errors are left out only if the person says so.',
    input: z.strictObject({ importId: id, skipRowsWithErrors: z.boolean() }),
    output: z.strictObject({ counts }),
    audience: 'staff',
    desk: true,
  },
  cancel: {
    summary: 'Ends the import; nothing stays.',
    input: z.strictObject({ importId: id }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
});
