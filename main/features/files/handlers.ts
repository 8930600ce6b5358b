import type { DeskHandlers } from '../../service/context.ts';

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
    if (!context.files.has(sha256)) await context.sync.fetchFile(sha256);
    const { data, size, end } = await context.files.readChunk(sha256, offset);
    return { data: data.toString('base64'), size, end };
  },
};
