import { DrizzleQueryError } from 'drizzle-orm';
import type { Author } from '../../../shared/sync/changes.ts';
import type { Transaction, Viewer } from '../context.ts';
import { together } from '../db/together.ts';
import { type CommitDeps, type CommitResult, commit, type Submission } from './commit.ts';
import { takeHead } from './head.ts';

/** A submission whose writer's right is not known yet. */
export type Sent = Omit<Submission, 'role' | 'author'> & { readonly author: Extract<Author, { kind: 'staff' }> };

interface Checks {
  /** Reads in the same transaction who may write, and answers it by the member of staff. */
  readonly readRole: (tx: Transaction) => Promise<(staffId: string) => Submission['role']>;
  readonly guard: (
    tx: Transaction,
    changesetIds: ReadonlySet<string>,
    position: { readonly epoch: string; readonly head: number },
  ) => Promise<void>;
}

/**
 * Commits a push in one transaction. Where the database refuses a value in it (a number beyond its column), the
 * changesets go one by one, and the one at fault is refused: a bad one never blocks the queue behind it. `guard` may
 * refuse the whole request, under the lock and before anything is applied.
 */
export async function receive(
  deps: CommitDeps,
  viewer: Pick<Viewer, 'company'>,
  organisationId: string,
  submissions: readonly Sent[],
  { readRole, guard }: Checks,
): Promise<CommitResult> {
  const run = (sent: readonly Sent[]) =>
    viewer.company(organisationId, async ({ tx }) => {
      const [taken, roleOf] = await together((deps.takeHead ?? takeHead)(tx, organisationId), readRole(tx));
      return commit({ ...deps, takeHead: async () => taken }, tx, organisationId, {
        submissions: sent.map((submission) => ({ ...submission, role: roleOf(submission.author.staffId) })),
        guard: (_tx, position) =>
          guard(tx, new Set(sent.flatMap(({ changesets }) => changesets.map(({ id }) => id))), position),
      });
    });
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
