import { eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityName } from '../../../shared/sync/entities.ts';
import type { RowState } from '../../../shared/sync/merge.ts';
import { createCompanyRunner } from '../../../viewer/server/db/company.ts';
import { migrateDatabase } from '../../../viewer/server/db/migrate.ts';
import { type Connections, openConnections } from '../../../viewer/server/db/pool.ts';
import { organisationHeadTable } from '../../../viewer/server/db/schema.ts';
import { conflictTable } from '../../../viewer/server/features/sync/table.ts';
import { type CommitDeps, commit, createWriteEdits } from '../../../viewer/server/sync/commit.ts';
import { readStates } from '../../../viewer/server/sync/rows.ts';
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts';
import { canonicalState } from '../viewer.ts';
import { inOrder, type JournalLine, readVectors } from './vectors.ts';

const deps: CommitDeps = { now: () => Date.UTC(2026, 0, 2), newId: () => v7(), consequences: [] };
let database: TestDatabase;
let connections: Connections;
beforeAll(async () => {
  database = await createTestDatabase();
  await migrateDatabase(database.url);
  connections = await openConnections(database.url, (error) => {
    throw error;
  });
});
afterAll(async () => {
  await connections?.close();
  await database?.drop();
});

test.each(readVectors())('the viewer: $name', async ({ writes, expected }) => {
  const company = createCompanyRunner(connections.db, createWriteEdits(deps));
  const organisationId = v7();
  const [first] = writes;
  if (first === undefined) throw new Error('A vector without a write');
  const { entity, entityId } = first.change;
  await company(organisationId, ({ tx }) =>
    tx.insert(organisationHeadTable).values({ organisationId, epoch: v7(), head: 0, lastActivityNumber: 0 }),
  );
  const verdicts: string[] = [];
  for (const { author, change } of writes) {
    const changesets = [{ id: change.id, importId: null, changes: [change] }];
    const submissions = [{ author, role: 'manager' as const, changesets }];
    const result = await company(organisationId, ({ tx }) => commit(deps, tx, organisationId, { submissions }));
    verdicts.push(...result.verdicts.map((verdict) => verdict.verdict));
  }
  const states = await company(organisationId, ({ tx }) =>
    readStates(tx, organisationId, entity as EntityName, [entityId]),
  );
  expect(canonicalState(states.get(entityId) as RowState)).toBe(canonicalState(expected.row));
  // Of a repetition the first answer stands.
  const won = expected.outcomes.map((groups) =>
    Object.values(groups).every((one) => !one) ? 'superseded' : 'applied',
  );
  const repeated = (index: number) => Object.keys(expected.outcomes[index] ?? {}).length === 0;
  expect(verdicts).toEqual(won.map((verdict, index) => (repeated(index) ? 'applied' : verdict)));
  const journal = await company(organisationId, ({ tx }) =>
    tx.select().from(conflictTable).where(eq(conflictTable.organisationId, organisationId)),
  );
  const lines = journal.map(({ kind, group, lostChangeId, keptChangeId }) => ({
    kind,
    group,
    lostChangeId,
    keptChangeId,
  }));
  expect(inOrder(lines as JournalLine[])).toEqual(inOrder(expected.journal));
});
