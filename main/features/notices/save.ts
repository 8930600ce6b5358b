import type { Output, ParsedInput } from '../../../shared/contract/registry.ts';
import { maxAttachments } from '../../../shared/features/files/model.ts';
import { isNoticeBody } from '../../../shared/features/notices/body.ts';
import type { Notice } from '../../../shared/features/notices/model.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import { deletionEdits } from '../../db/gather/deletion.ts';
import { filesOf } from '../../db/gather/files.ts';
import { liveRow } from '../../db/lookup.ts';
import { attachmentEdits } from '../../service/attach.ts';
import type { DeskContext } from '../../service/context.ts';

type Input = ParsedInput<'notices.save'>;

/**
 * Writes a draft or changes a notice, with its attachments, in one action. Changes of a released notice reach residents
 * with the next sync; they stand in the publication until then.
 * @throws OperationError `not-found`, `invalid-input` with the field, `file-missing`, `file-name-invalid`
 */
export function saveNotice(context: DeskContext, input: Input): Output<'notices.save'> {
  const current = input.id === undefined ? null : liveRow(context.db, 'notice', input.id);
  const id = input.id ?? context.newId();
  const next = current === null ? newNotice(context, input.fields) : { ...current, ...input.fields };
  check(context, current, next);
  const { title } = input.fields;
  const set = current === null ? next : input.fields;
  context.write([
    { entity: 'notice', id, set: title === undefined ? set : { ...set, title: title.trim() } },
    ...fileEdits(context, id, input),
  ]);
  return { id };
}

function newNotice(context: DeskContext, fields: Input['fields']): Omit<Notice, 'id'> {
  const { propertyId, title, body } = fields;
  if (propertyId === undefined) throw new OperationError('invalid-input', { field: 'propertyId' });
  if (title === undefined) throw new OperationError('invalid-input', { field: 'title' });
  if (body === undefined) throw new OperationError('invalid-input', { field: 'body' });
  return {
    audienceGroups: [],
    pinned: false,
    visibleFrom: null,
    visibleUntil: null,
    ...fields,
    propertyId,
    title,
    body,
    state: 'draft',
    publishedAt: null,
    authorKind: 'staff',
    authorId: context.identity().staffId,
    approval: 'not-needed',
    createdAt: instantText(context.now()),
  };
}

function check(context: DeskContext, current: Notice | null, next: Omit<Notice, 'id'>): void {
  if (next.propertyId !== current?.propertyId) liveRow(context.db, 'property', next.propertyId, 'propertyId');
  if (next.body !== current?.body && !isNoticeBody(next.body)) {
    throw new OperationError('invalid-input', { field: 'body' });
  }
  if (next.visibleFrom !== null && next.visibleUntil !== null && next.visibleUntil < next.visibleFrom) {
    throw new OperationError('invalid-input', { field: 'visibleUntil' });
  }
  if (next.state !== 'draft') refuseNobody(next);
}

/** A publication for nobody is a slip. */
export function refuseNobody(notice: Pick<Notice, 'audienceGroups' | 'title'>): void {
  if (notice.audienceGroups.length > 0) return;
  throw new OperationError('invalid-input', { field: 'audienceGroups', label: notice.title });
}

function fileEdits(context: DeskContext, id: string, { addFiles, removeFileIds }: Input): readonly Edit[] {
  const files = filesOf(context.db, context.files, 'notice', [id]).get(id) ?? [];
  const removed = new Set(removeFileIds);
  const kept = files.filter((file) => !removed.has(file.id));
  if (files.length - kept.length !== removed.size) throw new OperationError('not-found', { field: 'removeFileIds' });
  if (kept.length + addFiles.length > maxAttachments) throw new OperationError('invalid-input', { field: 'addFiles' });
  const position = 1 + Math.max(-1, ...files.map((file) => file.position));
  return [
    ...deletionEdits('attachment', removeFileIds, true),
    ...attachmentEdits(context, 'notice', id, addFiles, position),
  ];
}
