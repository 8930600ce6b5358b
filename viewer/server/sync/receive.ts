import { DrizzleQueryError } from 'drizzle-orm';
import type { Transaction, Viewer } from '../context.ts';
import { type CommitDeps, type CommitResult, commit, type Submission } from './commit.ts';

/**
 * Commits a push in one transaction. Where the database refuses a value in it (a number beyond its column), the
 * changesets go one by one, and the one at fault is refused: a bad one never blocks the queue behind it. `guard` may
 * refuse the whole request, under the lock and before anything is applied.
 */
export async function receive(
  deps: CommitDeps,
  viewer: Pick<Viewer, 'company'>,
  organisationId: string,
  submissions: readonly Submission[],
  guard: (
    tx: Transaction,
    changesetIds: ReadonlySet<string>,
    position: { readonly epoch: string; readonly head: number },
  ) => Promise<void>,
): Promise<CommitResult> {
  const run = (submission: readonly Submission[]) =>
    viewer.company(organisationId, ({ tx }) =>
      commit(deps, tx, organisationId, {
        submissions: submission,
        guard: (_tx, position) =>
          guard(tx, new Set(submission.flatMap(({ changesets }) => changesets.map(({ id }) => id))), position),
      }),
    );
  try {
    return await run(submissions);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
  }
  let result = await run([]);
  for (const submission of submissions) {
    for (const changeset of submission.changesets) {
      const one = await run([{ ...submission, changesets: [changeset] }]).catch((error: unknown) => {
        if (!isRefusedValue(error)) throw error;
        return run([{ ...submission, changesets: [{ ...changeset, refusal: { code: 'rejected-schema' } }] }]);
      });
      result = { ...one, verdicts: [...result.verdicts, ...one.verdicts] };
    }
  }
  return result;
}

/** SQLSTATE 22 and 23: data exceptions and violated constraints. Anything else may pass by itself and is tried again. */
function isRefusedValue(error: unknown): boolean {
  const cause: unknown = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && 'code' in cause && /^2[23]/.test(String(cause.code));
}
