import { eq } from 'drizzle-orm';
import { blobId } from '../../../shared/features/files/model.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { ReadDatabase } from '../../db/database.ts';
import { entityTables } from '../../db/entity-tables.ts';
import { liveRow } from '../../db/lookup.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';

/**
 * Fetches a file that somebody opened. Without a viewer or without a line to it the file is missing, as far as a person
 * is concerned; nothing else is wrong.
 */
async function fetchFile(context: DeskContext, sha256: string): Promise<void> {
  const fileName = findFileName(context.db, sha256);
  const missing = () => new OperationError('file-missing', fileName === null ? {} : { fileName });
  if (context.sync.state().connection === 'not-paired') throw missing();
  const report = (done: number, total: number) =>
    context.emit('progress', { task: 'download', id: blobId(sha256), done, total });
  try {
    await context.sync.fetchFile(sha256, report);
  } catch (error) {
    // A work that ended leaves the list of what is under way.
    report(1, 1);
    const { code, details } = error instanceof OperationError ? error : new OperationError('internal');
    if (code === 'offline' || (code === 'viewer-unreachable' && details.reason === undefined)) throw missing();
    // A row names it, and whoever has it has not brought it yet.
    if (code === 'not-found' && fileName !== null) throw missing();
    throw error;
  }
}

export const filesHandlers: DeskHandlers<'files'> = {
  'files.stageBegin': (context, { fileName, size }) => context.files.begin(fileName, size),

  'files.stageChunk': async (context, { uploadId, offset, data }) => {
    await context.files.chunk(uploadId, offset, Buffer.from(data, 'base64'));
    return {};
  },

  'files.stageEnd': (context, { uploadId }) => context.files.end(uploadId),

  'files.stageCancel': async (context, { uploadId }) => {
    await context.files.cancel(uploadId);
    return {};
  },

  'files.read': async (context, { sha256, offset }) => {
    if (offset === 0) context.sync.files.use(sha256);
    if (!context.files.has(sha256)) await fetchFile(context, sha256);
    const { data, size, end } = await context.files.readChunk(sha256, offset);
    return { data: data.toString('base64'), size, end };
  },

  'files.space': (context) => context.sync.files.space(),

  'files.saveSpace': (context, change) => {
    context.sync.files.saveSpace(change);
    // What is here may be something else now, on every page that shows files.
    context.emit('changed', { entities: ['attachment'] });
    return {};
  },

  'files.kept': (context, { propertyId }) => {
    liveRow(context.db, 'property', propertyId, 'propertyId');
    return context.sync.files.ofProperty(propertyId);
  },

  'files.keep': (context, { propertyId, keep }) => {
    liveRow(context.db, 'property', propertyId, 'propertyId');
    context.sync.files.setProperty(propertyId, keep);
    context.emit('changed', { entities: ['attachment'] });
    return {};
  },
};

/** The name that people know a file by; null where no row refers to it. */
function findFileName(db: ReadDatabase, sha256: string): string | null {
  const { attachment } = entityTables;
  const [row] = db
    .select({ name: attachment.fileName })
    .from(attachment)
    .where(eq(attachment.sha256, sha256))
    .limit(1)
    .all();
  return row?.name ?? null;
}
