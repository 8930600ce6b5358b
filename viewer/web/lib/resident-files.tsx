import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ResidentFile } from '../../../shared/features/files/contract.ts';
import { FileList, type FileListProps } from '../../../shared/ui/file-list.tsx';
import { inlineUrl, isPicture } from './resident-file.ts';

const FilePreview = lazy(() => import('./file-preview.tsx').then((module) => ({ default: module.FilePreview })));

function isShown(file: ResidentFile): boolean {
  // Browsers on phones have no viewer for PDFs inside a page; there a PDF opens in the system's own.
  return isPicture(file) || (file.mediaType === 'application/pdf' && navigator.pdfViewerEnabled);
}

function download(file: ResidentFile): void {
  const link = document.createElement('a');
  link.href = file.url;
  link.download = file.fileName;
  link.click();
}

interface Preview {
  /** Shows a file as well as this browser can: here, in its own tab, or saved. */
  readonly open: (file: ResidentFile) => void;
  /** The dialog; goes anywhere on the page. */
  readonly dialog: ReactNode;
}

/** Looking at files in place. `files` are those one can leaf through. */
export function useFilePreview(files: readonly ResidentFile[]): Preview {
  const [shown, setShown] = useState<ResidentFile | null>(null);
  const open = (file: ResidentFile) => {
    if (isShown(file)) setShown(file);
    else if (file.mediaType === 'application/pdf') window.open(inlineUrl(file), '_blank', 'noopener');
    else download(file);
  };
  return {
    open,
    dialog: shown && (
      <Suspense>
        <FilePreview file={shown} files={files.filter(isShown)} onShow={setShown} onClose={() => setShown(null)} />
      </Suspense>
    ),
  };
}

/** How lists show files of residents: pictures in place, everything else as a row. */
export function residentFileHandlers(open: Preview['open']): Omit<FileListProps<ResidentFile>, 'files'> {
  return {
    thumbnailUrl: (file) => (isPicture(file) ? inlineUrl(file) : null),
    downloadUrl: (file) => file.url,
    onPreview: open,
  };
}

/** Files of a notice, with their preview. */
export function ResidentFiles({ files }: { readonly files: readonly ResidentFile[] }) {
  const { open, dialog } = useFilePreview(files);
  return (
    <>
      <FileList files={files} {...residentFileHandlers(open)} />
      {dialog}
    </>
  );
}
