import { setImmediate as breathe } from 'node:timers/promises';
import { headingsFingerprint } from '../../../shared/features/imports/mapping.ts';
import { type ImportProblem, importKinds } from '../../../shared/features/imports/model.ts';
import { instantText } from '../../../shared/lib/dates.ts';
import { OperationError } from '../../../shared/lib/errors.ts';
import type { Edit } from '../../../shared/sync/edit.ts';
import type { DeskContext, DeskHandlers } from '../../service/context.ts';
import { readKnown } from './known.ts';
import { createPlanner, type ImportPlan } from './plan.ts';
import { rememberMapping } from './remembered.ts';
import { readRows } from './rows.ts';
import { adjustFile, type ImportSession, openFile, shownFile } from './session.ts';

/** Imports that a window has open; an older one is forgotten. */
const maxSessions = 8;
/** Problems a preview lists; it always counts all. */
const shownProblems = 1000;
/** Rows between two looks at "cancel" and two events of progress. */
const slice = 2000;

const sessions = new Map<string, ImportSession>();

export const importsHandlers: DeskHandlers<'imports'> = {
  'imports.begin': async (context, { files }) => {
    context.identity();
    const opened = await Promise.all(files.map((file) => openFile(context, file)));
    const session: ImportSession = { id: context.newId(), files: opened, cancelled: false };
    sessions.set(session.id, session);
    const [oldest] = sessions.keys();
    if (sessions.size > maxSessions && oldest !== undefined) sessions.delete(oldest);
    return { importId: session.id, files: opened.map(shownFile) };
  },

  'imports.adjust': (_context, { importId, fileId, ...wish }) => {
    const session = find(importId);
    const file = session.files.find((candidate) => candidate.id === fileId);
    if (file === undefined) throw new OperationError('not-found');
    const adjusted = adjustFile(file, wish);
    session.files = session.files.map((candidate) => (candidate.id === fileId ? adjusted : candidate));
    return shownFile(adjusted);
  },

  'imports.preview': async (context, { importId }) => {
    const session = find(importId);
    const { counts, problems } = await plan(context, session);
    const problemCount = problems.length;
    const mayCommit = !problems.some((problem) => problem.severity === 'error' && problem.code === 'column-not-mapped');
    return { counts, problems: problems.slice(0, shownProblems), problemCount, mayCommit };
  },

  'imports.commit': async (context, { importId, skipRowsWithErrors }) => {
    const session = find(importId);
    const { edits, counts, problems } = await plan(context, session);
    const errors = problems.filter((problem) => problem.severity === 'error');
    if (errors.some((problem) => problem.code === 'column-not-mapped') || (errors.length > 0 && !skipRowsWithErrors)) {
      throw new OperationError('import-has-problems', { count: errors.length });
    }
    if (edits.length > 0) context.write([...edits, endMarker(context, session, edits.length)], { importId });
    for (const file of session.files) {
      if (file.kind !== null)
        rememberMapping(context.meta, headingsFingerprint(file.table.headings), file.kind, file.mapping);
    }
    sessions.delete(importId);
    return { counts };
  },

  'imports.cancel': (_context, { importId }) => {
    const session = sessions.get(importId);
    if (session !== undefined) session.cancelled = true;
    sessions.delete(importId);
    return {};
  },
};

function find(importId: string): ImportSession {
  const session = sessions.get(importId);
  if (session === undefined) throw new OperationError('not-found');
  return session;
}

/** Reads all files in the order in which rows refer to each other. @throws OperationError `cancelled` */
async function plan(context: DeskContext, session: ImportSession): Promise<ImportPlan> {
  const known = readKnown(context);
  const planner = createPlanner(known);
  const problems: ImportProblem[] = [];
  const total = session.files.reduce((sum, file) => sum + (file.kind === null ? 0 : file.table.rows.length), 0);
  let done = 0;
  const progress = (): void => context.emit('progress', { task: 'import', id: session.id, done, total });
  for (const kind of importKinds) {
    for (const file of session.files.filter((candidate) => candidate.kind === kind)) {
      for (const row of readRows(file, problems)) {
        planner.add(row);
        done += 1;
        if (done % slice !== 0) continue;
        progress();
        await breathe();
        if (session.cancelled) throw new OperationError('cancelled');
      }
    }
  }
  done = total;
  progress();
  const result = planner.result();
  return { ...result, problems: inOrder(session, [...problems, ...result.problems]) };
}

function inOrder(session: ImportSession, problems: readonly ImportProblem[]): readonly ImportProblem[] {
  const place = new Map(session.files.map((file, index) => [file.id, index]));
  return [...problems].sort((a, b) => (place.get(a.fileId) ?? 0) - (place.get(b.fileId) ?? 0) || a.row - b.row);
}

/** Tells every desk and the viewer that the import is whole. */
function endMarker(context: DeskContext, session: ImportSession, rowCount: number): Edit {
  const now = instantText(context.now());
  return {
    entity: 'importRun',
    id: session.id,
    set: { fileNames: session.files.map((file) => file.fileName), startedAt: now, finishedAt: now, rowCount },
  };
}
