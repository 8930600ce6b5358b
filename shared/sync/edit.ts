import type { EntityName, EntityRow } from './entities.ts';

/**
 * A wish to change one row: only the fields that change; a new row names all of them. Both sides turn edits into
 * changes (whole merge groups, base, clock) inside the transaction that reads the row.
 */
export type Edit = {
  readonly [N in EntityName]: {
    readonly entity: N;
    readonly id: string;
    readonly set: Partial<Omit<EntityRow<N>, 'id'>> & { readonly deleted?: boolean };
  };
}[EntityName];
