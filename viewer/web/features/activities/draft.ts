import { useCallback, useEffect, useState } from 'react';
import { newId } from '../../lib/new-id.ts';
import { recall, remember } from '../../lib/remembered.ts';
import type { UploadedFile } from '../../lib/upload.ts';

/** A file of a draft: the server keeps it for a day while it waits for its message. */
export interface DraftFile extends UploadedFile {
  /** Milliseconds since 1970. */
  readonly uploadedAt: number;
}

/**
 * A message that is being written. Its ids are made with it and stay until it has been sent, so that sending it again
 * after a lost answer is the same message.
 */
export interface Draft {
  readonly entryId: string;
  readonly activityId: string;
  readonly topicId: string | null;
  /** Undefined until chosen; null is no unit in particular. */
  readonly unitId?: string | null;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly DraftFile[];
  /** Names of files that waited longer than the server keeps them; they have to be added again. */
  readonly lost: readonly string[];
}

/** The server keeps a file without a message for 24 hours; an hour is left for writing on. */
const fileLife = 23 * 3_600_000;

/** An empty draft with ids of its own; a reply is given its activity. */
export function emptyDraft(activityId: string = newId()): Draft {
  return { entryId: newId(), activityId, topicId: null, subject: '', body: '', files: [], lost: [] };
}

/** Whether something would be lost by throwing the draft away. */
export function isWorthKeeping(draft: Draft): boolean {
  return draft.subject.trim() !== '' || draft.body.trim() !== '' || draft.files.length > 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isDraftFile(value: unknown): value is DraftFile {
  if (typeof value !== 'object' || value === null) return false;
  const file = value as Readonly<Record<string, unknown>>;
  const texts = [file.uploadId, file.sha256, file.fileName, file.mediaType];
  return texts.every(isText) && typeof file.size === 'number' && typeof file.uploadedAt === 'number';
}

/** The draft without the files that the server no longer keeps; their names are in `lost`. */
export function withoutStaleFiles(draft: Draft, now: number): Draft {
  const stale = draft.files.filter((file) => now - file.uploadedAt > fileLife);
  if (stale.length === 0) return draft;
  return {
    ...draft,
    files: draft.files.filter((file) => !stale.includes(file)),
    lost: [...draft.lost, ...stale.map((file) => file.fileName)],
  };
}

/** Reads a remembered draft; null where there is none, or what stands there is none of ours. */
export function readDraft(remembered: string | null, now: number): Draft | null {
  if (remembered === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(remembered);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { entryId, activityId, topicId, unitId, subject, body, files, lost } = value as Record<string, unknown>;
  if (!isText(entryId) || !isText(activityId) || !isText(subject) || !isText(body) || !Array.isArray(files))
    return null;
  const draft: Draft = {
    entryId,
    activityId,
    topicId: isText(topicId) ? topicId : null,
    ...(isText(unitId) || unitId === null ? { unitId } : {}),
    subject,
    body,
    files: files.filter(isDraftFile),
    lost: Array.isArray(lost) ? lost.filter(isText) : [],
  };
  return withoutStaleFiles(draft, now);
}

/** Where a draft is remembered: per login, since several people may use one computer. */
export const draftKeys = {
  message: (loginId: string, propertyId: string) => `treppenhaus.draft.${loginId}.${propertyId}`,
  reply: (loginId: string, activityId: string) => `treppenhaus.reply.${loginId}.${activityId}`,
} as const;

type Change = Partial<Draft> | ((draft: Draft) => Partial<Draft>);

/** Leaves a text as the reply to an activity, for the next time it is opened; what is being written there is not touched. */
export function leaveReply(loginId: string, activityId: string, body: string): void {
  const key = draftKeys.reply(loginId, activityId);
  const written = readDraft(recall(key), Date.now()) ?? emptyDraft(activityId);
  const text = [written.body.trim(), body.trim()].filter((part) => part !== '').join('\n\n');
  remember(key, JSON.stringify({ ...written, body: text }));
}

export interface DraftHandle {
  readonly draft: Draft;
  readonly change: (change: Change) => void;
  /** Forgets the draft and begins a new one with new ids. */
  readonly discard: () => void;
}

/**
 * A draft that survives a reload. Two windows share it: what one writes or sends the other sees, so that ids are never
 * used for two messages.
 */
export function useDraft(key: string, begin: () => Draft): DraftHandle {
  const [draft, setDraft] = useState(() => readDraft(recall(key), Date.now()) ?? begin());
  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === key) setDraft(readDraft(event.newValue, Date.now()) ?? begin());
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, [key, begin]);
  useEffect(() => {
    remember(key, isWorthKeeping(draft) ? JSON.stringify(draft) : null);
  }, [key, draft]);
  const change = useCallback((wanted: Change) => {
    setDraft((before) => ({ ...before, ...(typeof wanted === 'function' ? wanted(before) : wanted) }));
  }, []);
  // Forgotten at once: the page may be left before the effect above runs.
  const discard = useCallback(() => {
    remember(key, null);
    setDraft(begin());
  }, [key, begin]);
  return { draft, change, discard };
}
