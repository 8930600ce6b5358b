import { beforeEach, describe, expect, it } from 'vitest';
import { type Progress, progressStore, reportProgress } from './progress.ts';

const report = (id: string, done: number, total: number | null): Progress => ({ task: 'import', id, done, total });

describe('reportProgress', () => {
  beforeEach(() => progressStore.set([]));

  it('keeps the latest report of each work, oldest work first', () => {
    reportProgress(report('a', 1, 10));
    reportProgress(report('b', 1, null));
    reportProgress(report('a', 5, 10));
    expect(progressStore.get()).toEqual([report('a', 5, 10), report('b', 1, null)]);
  });

  it('lets work go when it is done, also when nothing was to do', () => {
    reportProgress(report('a', 1, 10));
    reportProgress(report('a', 10, 10));
    reportProgress(report('b', 0, 0));
    expect(progressStore.get()).toEqual([]);
  });
});
