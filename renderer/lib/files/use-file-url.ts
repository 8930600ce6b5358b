import { useEffect, useState } from 'react';
import type { OperationError } from '../../../shared/lib/errors.ts';
import { asOperationError } from '../client.ts';
import { readFile } from './read-file.ts';

interface FileUrl {
  /** `blob:` address for previews; null while the file is read or where there is none. */
  readonly url: string | null;
  readonly error: OperationError | null;
}

const nothing: FileUrl = { url: null, error: null };

/** An address under which a page can show a file; null asks for none. Released when the component goes. */
export function useFileUrl(file: { readonly sha256: string; readonly mediaType: string } | null): FileUrl {
  const [state, setState] = useState<FileUrl>(nothing);
  const sha256 = file?.sha256 ?? null;
  const mediaType = file?.mediaType ?? '';
  useEffect(() => {
    setState(nothing);
    if (sha256 === null) return;
    const abort = new AbortController();
    let url: string | null = null;
    readFile(sha256, mediaType, abort.signal)
      .then((blob) => {
        if (abort.signal.aborted) return;
        url = URL.createObjectURL(blob);
        setState({ url, error: null });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ url: null, error: asOperationError(error) });
      });
    return () => {
      abort.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [sha256, mediaType]);
  return state;
}
