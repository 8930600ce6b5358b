import { metaKeys } from '../../../main/db/meta.ts';
import { createApply } from '../../../main/sync/apply.ts';
import type { Break } from './breaks.ts';

/** The cursor is saved in a transaction of its own before the rows: a process that ends in between never gets them. */
export const cursorFirst: Break = {
  round: (deps) => {
    const apply = createApply(deps);
    const remember = deps.sqlite.transaction((position: { readonly epoch: string; readonly cursor: number }) => {
      deps.meta.set(metaKeys.epoch, position.epoch);
      deps.meta.set(metaKeys.cursor, position.cursor);
    });
    return {
      apply: (changes, position) => {
        remember(position);
        return apply(changes, position);
      },
    };
  },
};
