import type { Conflict } from '../../shared/features/sync/model.ts';
import type { TestDesk } from './desk.ts';

/** Puts an entry into the journal of a desk as it comes from the viewer; answers its id. */
export function journalEntry(desk: TestDesk, given: Partial<Omit<Conflict, 'id'>>): string {
  const id = desk.context.newId();
  desk.arrive('server', {
    entity: 'conflict',
    id,
    set: {
      kind: 'overwritten',
      entity: 'property',
      entityId: id,
      group: 'name',
      lostValue: '{}',
      keptValue: '{}',
      lostBy: 'staff:x',
      keptBy: 'staff:y',
      lostAt: '2026-11-23T12:00:00.000Z',
      keptAt: '2026-11-23T12:30:00.000Z',
      lostChangeId: id,
      keptChangeId: null,
      code: null,
      createdAt: '2026-11-23T12:30:00.000Z',
      resolvedAt: null,
      ...given,
    },
  });
  return id;
}
