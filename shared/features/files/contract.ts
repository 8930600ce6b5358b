import { z } from 'zod';
import { defineOperations, nothing } from '../../contract/define.ts';
import { id, instant, sha256 } from '../../lib/schemas.ts';
import { rowSchema } from '../../sync/entity.ts';
import { attachmentEntity } from './model.ts';

/** Bytes of one chunk before base64. */
export const fileChunkBytes = 512 * 1024;

/** A file that the desk copied, checked and hashed; what operations refer to when they attach it. */
export const stagedFile = z.strictObject({
  sha256,
  fileName: z.string(),
  mediaType: z.string(),
  /** Bytes. */
  size: z.int(),
});
export type StagedFile = z.infer<typeof stagedFile>;

/** A file as lists show it. */
export const fileRow = rowSchema(attachmentEntity)
  .pick({ id: true, sha256: true, fileName: true, mediaType: true, size: true, createdAt: true })
  .extend({
    /** The server has not confirmed it yet. */
    uploadPending: z.boolean(),
    /** The bytes are on this desk. */
    local: z.boolean(),
  });
export type FileRow = z.infer<typeof fileRow>;

/** A file as a resident sees it. */
export const residentFile = z.strictObject({
  id,
  fileName: z.string(),
  mediaType: z.string(),
  size: z.int(),
  createdAt: instant,
  /** Path of the download on the viewer. */
  url: z.string(),
});
export type ResidentFile = z.infer<typeof residentFile>;

/** Which files of a property this desk keeps: the newest that fit, all of them, or only what somebody opened here. */
export const keepModes = ['newest', 'all', 'opened'] as const;

const keepFiles = z.strictObject({
  keep: z.enum(keepModes),
  /** Files of the property and their bytes, and how much of them is here. */
  files: z.int(),
  bytes: z.int(),
  here: z.int(),
  hereBytes: z.int(),
});
export type KeepFiles = z.infer<typeof keepFiles>;

const amount = z.strictObject({ files: z.int(), bytes: z.int() });
const fileSettings = z.strictObject({
  /** Bytes that files may take at this desk; 1 MB to 10 TB. */
  limitBytes: z.int().min(1_000_000).max(10_000_000_000_000),
  /** Kilobytes per second, 0 for no limit; slower than 8 nothing would ever end. */
  uploadLimit: z
    .int()
    .max(1_000_000)
    .refine((value) => value === 0 || value >= 8),
  downloadLimit: z
    .int()
    .max(1_000_000)
    .refine((value) => value === 0 || value >= 8),
});
const fileSpace = z.strictObject({
  here: amount,
  /** What only the viewer holds. */
  away: amount,
  /** Bytes that the disk has left. */
  freeBytes: z.int(),
  settings: fileSettings,
});
export type FileSpace = z.infer<typeof fileSpace>;

export const filesOperations = defineOperations({
  stageBegin: {
    summary: 'Begins to stage a file: checks name and size.',
    input: z.strictObject({ fileName: z.string().min(1).max(1000), size: z.number().int().min(0) }),
    output: z.strictObject({ uploadId: id, fileName: z.string() }),
    audience: 'staff',
    desk: true,
  },
  stageChunk: {
    summary: 'The next chunk, base64, in order.',
    input: z.strictObject({ uploadId: id, offset: z.int().min(0), data: z.base64() }),
    output: nothing,
    audience: 'staff',
    desk: true,
    maxBytes: 1024 * 1024,
  },
  stageEnd: {
    summary: 'Ends staging: the type is sniffed, the whole is hashed and kept on disk.',
    input: z.strictObject({ uploadId: id }),
    output: stagedFile,
    audience: 'staff',
    desk: true,
  },
  stageCancel: {
    summary: 'Throws a half-staged file away.',
    input: z.strictObject({ uploadId: id }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  read: {
    summary: 'A chunk of a file that is on this desk; fetched from the viewer first where it is not.',
    input: z.strictObject({ sha256, offset: z.int().min(0) }),
    output: z.strictObject({ data: z.base64(), size: z.int(), end: z.boolean() }),
    audience: 'staff',
    desk: true,
  },
  space: {
    summary: 'How much room files take at this desk, and the settings about it.',
    input: nothing,
    output: fileSpace,
    audience: 'staff',
    desk: true,
  },
  saveSpace: {
    summary: 'Sets how much room files may take and how fast they may move; for this desk alone, from now on.',
    input: fileSettings.partial(),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
  kept: {
    summary: 'What this desk keeps of a property’s files.',
    input: z.strictObject({ propertyId: id }),
    output: keepFiles,
    audience: 'staff',
    desk: true,
  },
  keep: {
    summary: 'Sets what this desk keeps of a property’s files.',
    input: z.strictObject({ propertyId: id, keep: z.enum(keepModes) }),
    output: nothing,
    audience: 'staff',
    desk: true,
  },
});
