import { useCallback, useEffect, useRef, useState } from 'react';
import type { FileRow } from '../../../shared/features/files/contract.ts';
import { readFile } from './read-file.ts';

/** Formats that every window can draw; a photo larger than this is shown when it is opened. */
const drawn = /^image\/(png|jpeg|gif|webp)$/;
const largest = 20 * 1024 * 1024;

/**
 * Addresses of pictures among files, as they are read from this desk. A picture that is not here is not fetched for
 * its thumbnail; it is a row until somebody opens it. Released when the component goes.
 */
export function useThumbnails(files: readonly FileRow[]): (file: FileRow) => string | null {
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const made = useRef(new Map<string, string | null>());
  useEffect(() => {
    let gone = false;
    for (const { sha256, mediaType, size, local } of files) {
      if (!local || size > largest || !drawn.test(mediaType) || made.current.has(sha256)) continue;
      made.current.set(sha256, null);
      readFile(sha256, mediaType)
        .then((blob) => {
          if (gone) {
            made.current.delete(sha256);
            return;
          }
          made.current.set(sha256, URL.createObjectURL(blob));
          setUrls(new Map([...made.current].flatMap(([key, url]) => (url === null ? [] : [[key, url]]))));
        })
        // The row stays; opening it says why it cannot be shown.
        .catch(() => made.current.delete(sha256));
    }
    return () => {
      gone = true;
    };
  }, [files]);
  useEffect(() => {
    const all = made.current;
    return () => {
      for (const url of all.values()) if (url !== null) URL.revokeObjectURL(url);
      all.clear();
    };
  }, []);
  return useCallback((file) => urls.get(file.sha256) ?? null, [urls]);
}
