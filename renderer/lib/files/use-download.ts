import { useCallback } from 'react';
import type { FileRow } from '../../../shared/features/files/contract.ts';
import { showProblem } from '../../../shared/ui/notify.tsx';
import { asOperationError } from '../client.ts';
import { saveFile } from './read-file.ts';

/** Hands a file to the person; a failure is said in a notification. */
export function useDownload(): (file: FileRow) => void {
  return useCallback((file) => {
    saveFile(file).catch((error: unknown) => {
      const { code, details } = asOperationError(error);
      showProblem(code, { name: file.fileName, ...details });
    });
  }, []);
}
