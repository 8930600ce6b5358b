import { z } from 'zod';
import { syncState } from '../features/sync/contract.ts';
import { id } from '../lib/schemas.ts';

/** What the desk service tells its windows without being asked. */
export const events = {
  /** Rows of these entities changed and are committed: read again what shows them. */
  changed: z.strictObject({ entities: z.array(z.string()) }),
  /** Long work: `total` null while unknown; `done` equal to `total` ends it. */
  progress: z.strictObject({
    task: z.enum(['import', 'stage', 'download']),
    id,
    done: z.int(),
    total: z.int().nullable(),
  }),
  sync: syncState,
  /** The service was lost and started anew: what is committed is kept, everything shown may be stale. */
  restarted: z.strictObject({}),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;

/** One event on the wire between service and window. */
export type EventMessage = {
  readonly [E in EventName]: { readonly event: E; readonly payload: EventPayload<E> };
}[EventName];
