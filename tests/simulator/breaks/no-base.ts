import type { Change } from '../../../shared/sync/changes.ts';
import { type EntityName, findEntity } from '../../../shared/sync/entities.ts';
import { baseFor } from '../../../shared/sync/merge.ts';
import type { pushRequest } from '../../../shared/sync/protocol.ts';
import type { Viewer } from '../../../viewer/server/context.ts';
import { readStates } from '../../../viewer/server/sync/rows.ts';
import type { Line } from '../line.ts';
import type { Break } from './breaks.ts';

/** Everything counts as seen: whatever a change overwrites, its base says that its author knew of it. */
export const noBase: Break = {
  line: (world, organisationId, line) =>
    (async (name: Parameters<Line>[0], input: never) => {
      if (name !== 'sync.push') return line(name, input);
      const request = input as ReturnType<typeof pushRequest.parse>;
      const changesets: (typeof request)['changesets'] = [];
      for (const changeset of request.changesets) {
        const changes: Change[] = [];
        for (const change of changeset.changes) changes.push(await seeing(world.viewer, organisationId(), change));
        changesets.push({ ...changeset, changes });
      }
      return line(name, { ...request, changesets } as never);
    }) as Line,
};

async function seeing(viewer: Viewer, organisationId: string, change: Change): Promise<Change> {
  const definition = findEntity(change.entity);
  if (definition === undefined) return change;
  const states = await viewer.company(organisationId, ({ tx }) =>
    readStates(tx, organisationId, change.entity as EntityName, [change.entityId]),
  );
  return { ...change, base: baseFor(definition, states.get(change.entityId)?.clock ?? null, change.set) };
}
