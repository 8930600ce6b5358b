import { describe, expect, it } from 'vitest';
import { entityNames } from '../../shared/sync/entities.ts';
import { featuresShowing } from './reads.ts';

/** Nothing on screen comes from the end marker of an import. */
const unseen = ['importRun'];

describe('featuresShowing', () => {
  it('knows a feature for every entity, so that no screen goes stale in silence', () => {
    const forgotten = entityNames.filter((name) => !unseen.includes(name) && featuresShowing([name]).size === 0);
    expect(forgotten).toEqual([]);
  });

  it('gathers the features of several entities and ignores names of a newer version', () => {
    expect([...featuresShowing(['entry', 'from-the-future'])]).toEqual(expect.arrayContaining(['activities', 'sync']));
    expect(featuresShowing(['from-the-future']).size).toBe(0);
  });

  it('reads people again when their account changes, since the list shows it', () => {
    expect(featuresShowing(['account']).has('people')).toBe(true);
  });
});
