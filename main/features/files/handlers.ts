import { OperationError } from '../../../shared/lib/errors.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';

/** A desk that has no viewer cannot fetch anything: the file is missing, as far as a person is concerned. */
async function fetchFile(context: DeskContext, sha256: string): Promise<void> {
  if (context.sync.state().connection === 'not-paired') throw new OperationError('file-missing');
  await context.sync.fetchFile(sha256);
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
    if (!context.files.has(sha256)) await fetchFile(context, sha256);
    const { data, size, end } = await context.files.readChunk(sha256, offset);
    return { data: data.toString('base64'), size, end };
  },
};
