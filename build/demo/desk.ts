import { type Client, createClient } from '../../shared/contract/client.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { fileChunkBytes, type StagedFile } from '../../shared/features/files/contract.ts';

/** A desk as a window sees it, driven over the browser host. */
export interface DeskClient {
  readonly call: Client<DeskOperationName>;
  /** Hands the desk a file, piece by piece as a window does. */
  readonly stage: (fileName: string, content: Buffer) => Promise<StagedFile>;
}

/** Opens a desk by the address with its one-time token. Throws when the token is used up. */
export async function openDesk(address: string): Promise<DeskClient> {
  const { origin } = new URL(address);
  const opened = await fetch(address, { redirect: 'manual' });
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`The desk at ${origin} did not open (HTTP ${opened.status}).`);
  const call = createClient<DeskOperationName>(async (operation, input) => {
    const response = await fetch(`${origin}/call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, cookie },
      body: JSON.stringify({ operation, input }),
    });
    return response.json();
  });
  return {
    call,
    stage: async (fileName, content) => {
      const { uploadId } = await call('files.stageBegin', { fileName, size: content.length });
      for (let offset = 0; offset < content.length; offset += fileChunkBytes) {
        const data = content.subarray(offset, offset + fileChunkBytes).toString('base64');
        await call('files.stageChunk', { uploadId, offset, data });
      }
      return call('files.stageEnd', { uploadId });
    },
  };
}
