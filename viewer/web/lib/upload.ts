import type { z } from 'zod';
import type { uploadedFile } from '../../../shared/features/activities/contract.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import { noAnswer, readEnvelope } from './transport.ts';

/** A file that the viewer holds for a message that is not sent yet. */
export type UploadedFile = z.infer<typeof uploadedFile>;

interface Upload {
  /** Rejects with `OperationError`; `cancelled` after `cancel`. */
  readonly done: Promise<UploadedFile>;
  readonly cancel: () => void;
}

/**
 * Sends a file ahead of the message it belongs to. With XMLHttpRequest, because fetch tells nothing while it sends.
 * @param onProgress share sent, 0–1
 */
export function uploadFile(organisationId: string, file: File, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<UploadedFile>((resolve, reject) => {
    const fail = (error: OperationError) => reject(error);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const envelope = readEnvelope(request.responseText, request.status);
      if ('ok' in envelope) resolve(envelope.ok as UploadedFile);
      else fail(new OperationError(envelope.error.code, { name: file.name, ...envelope.error.details }));
    });
    request.addEventListener('error', () => fail(new OperationError(noAnswer())));
    request.addEventListener('abort', () => fail(new OperationError('cancelled')));
    request.open('POST', `/api/portal/organisations/${encodeURIComponent(organisationId)}/uploads`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
