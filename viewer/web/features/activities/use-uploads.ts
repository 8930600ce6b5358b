import { useCallback, useEffect, useRef, useState } from 'react';
import { allowedKind } from '../../../../shared/features/files/file-kinds.ts';
import { cleanFileName } from '../../../../shared/features/files/file-name.ts';
import type { ErrorCode, ErrorDetails } from '../../../../shared/lib/errors.ts';
import { sortFiles } from '../../../../shared/ui/file-kind.ts';
import { newId } from '../../lib/new-id.ts';
import { fileLimits } from '../../lib/operations.ts';
import { operationError } from '../../lib/queries.ts';
import { uploadFile } from '../../lib/upload.ts';
import type { DraftFile } from './draft.ts';

/** Why a file was not taken. */
export interface UploadProblem {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** A file on its way to the server, or stuck on it. */
export interface PendingUpload {
  readonly id: string;
  readonly file: File;
  /** Share sent, 0–1. */
  readonly progress: number;
  readonly problem: UploadProblem | null;
}

interface Uploads {
  readonly pending: readonly PendingUpload[];
  /** Files of the last choice that did not fit at all. */
  readonly refused: readonly UploadProblem[];
  readonly tooMany: number;
  readonly add: (files: readonly File[]) => void;
  readonly remove: (id: string) => void;
  /** Tries those again that got no answer. */
  readonly retry: () => void;
  /** Local picture of an uploaded file, as long as this page is open. */
  readonly pictureOf: (uploadId: string) => string | null;
}

/** Files that travel at the same time; more would only slow each other down on a phone. */
const lanes = 2;

function whyNot(file: File): UploadProblem | null {
  const name = cleanFileName(file.name);
  if (name === null) return { code: 'file-name-invalid', details: {} };
  return allowedKind(name) === null ? { code: 'file-type-not-allowed', details: { name } } : null;
}

/** Whether trying again may help. */
export function isRetryable({ code }: UploadProblem): boolean {
  return ['offline', 'viewer-unreachable', 'internal', 'too-many-requests', 'disk-full'].includes(code);
}

/**
 * Sends files ahead of their message, two at a time, with progress. `taken` hears of each that arrived.
 * @param count files the draft holds already
 */
export function useUploads(organisationId: string, count: number, taken: (file: DraftFile) => void): Uploads {
  const [pending, setPending] = useState<readonly PendingUpload[]>([]);
  const [refused, setRefused] = useState<readonly UploadProblem[]>([]);
  const [tooMany, setTooMany] = useState(0);
  // An effect may run once more with a list from before a file arrived: what was begun is not begun again.
  const begun = useRef(new Set<string>());
  const running = useRef(new Map<string, () => void>());
  const pictures = useRef(new Map<string, string>());

  const update = useCallback((id: string, change: Partial<PendingUpload>) => {
    setPending((before) => before.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }, []);

  const start = useCallback(
    async ({ id, file }: PendingUpload) => {
      begun.current.add(id);
      const upload = uploadFile(organisationId, file, (progress) => update(id, { progress }));
      running.current.set(id, upload.cancel);
      try {
        const uploaded = await upload.done;
        if (file.type.startsWith('image/')) pictures.current.set(uploaded.uploadId, URL.createObjectURL(file));
        setPending((before) => before.filter((other) => other.id !== id));
        taken({ ...uploaded, uploadedAt: Date.now() });
      } catch (error) {
        const { code, details } = operationError(error);
        if (code !== 'cancelled') update(id, { problem: { code, details: { name: file.name, ...details } } });
      } finally {
        running.current.delete(id);
      }
    },
    [organisationId, taken, update],
  );

  useEffect(() => {
    const waiting = pending.filter(({ id, problem }) => problem === null && !begun.current.has(id));
    for (const upload of waiting.slice(0, Math.max(0, lanes - running.current.size))) void start(upload);
  }, [pending, start]);

  useEffect(() => {
    const [cancels, urls] = [running.current, pictures.current];
    return () => {
      for (const cancel of cancels.values()) cancel();
      for (const url of urls.values()) URL.revokeObjectURL(url);
      urls.clear();
    };
  }, []);

  const add = (files: readonly File[]) => {
    const judged = files.map((file) => ({ file, problem: whyNot(file) }));
    const limits = { maxBytes: fileLimits.bytes, maxFiles: fileLimits.count };
    const fitting = judged.filter(({ problem }) => problem === null).map(({ file }) => file);
    const { accepted, problems } = sortFiles(fitting, limits, count + pending.length);
    setRefused([
      ...judged.flatMap(({ problem }) => (problem === null ? [] : [problem])),
      ...problems.flatMap((problem): UploadProblem[] =>
        problem.code === 'too-many'
          ? []
          : [{ code: problem.code, details: { name: problem.name, limit: fileLimits.bytes } }],
      ),
    ]);
    setTooMany(problems.reduce((sum, problem) => (problem.code === 'too-many' ? sum + problem.left : sum), 0));
    setPending((before) => [...before, ...accepted.map((file) => ({ id: newId(), file, progress: 0, problem: null }))]);
  };
  const remove = (id: string) => {
    running.current.get(id)?.();
    setPending((before) => before.filter((upload) => upload.id !== id));
  };
  const retry = () => {
    const again = pending.filter(({ problem }) => problem !== null && isRetryable(problem)).map(({ id }) => id);
    for (const id of again) begun.current.delete(id);
    setPending((before) =>
      before.map((upload) => (again.includes(upload.id) ? { ...upload, progress: 0, problem: null } : upload)),
    );
  };
  const pictureOf = (uploadId: string) => pictures.current.get(uploadId) ?? null;
  return { pending, refused, tooMany, add, remove, retry, pictureOf };
}
