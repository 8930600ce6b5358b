import { eq } from 'drizzle-orm';
import type { StagedFile } from '../../shared/features/files/contract.ts';
import { cleanFileName } from '../../shared/features/files/file-name.ts';
import type { Attachment } from '../../shared/features/files/model.ts';
import { instantText } from '../../shared/lib/dates.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import { localFileTable } from '../db/schema.ts';
import type { DeskContext } from './context.ts';

/**
 * The rows that attach staged files to a document, notice or entry, in their order from a position on. Size and type are
 * those of the staged bytes; a window only names the file.
 * @throws OperationError `file-missing` for what is not staged here, `file-name-invalid`
 */
export function attachmentEdits(
  context: Pick<DeskContext, 'db' | 'files' | 'newId' | 'now'>,
  parent: Attachment['parent'],
  parentId: string,
  files: readonly StagedFile[],
  firstPosition = 0,
): readonly Edit[] {
  const createdAt = instantText(context.now());
  return files.map((file, index): Edit => {
    const fileName = cleanFileName(file.fileName);
    if (fileName === null || fileName !== file.fileName) throw new OperationError('file-name-invalid');
    const staged = context.db.select().from(localFileTable).where(eq(localFileTable.sha256, file.sha256)).get();
    if (staged === undefined || !context.files.has(file.sha256)) throw new OperationError('file-missing', { fileName });
    return {
      entity: 'attachment',
      id: context.newId(),
      set: {
        parent,
        parentId,
        sha256: file.sha256,
        fileName,
        mediaType: staged.mediaType,
        size: staged.size,
        position: firstPosition + index,
        createdAt,
      },
    };
  });
}
