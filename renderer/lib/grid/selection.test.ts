import { describe, expect, it } from 'vitest';
import { added, nothingSelected, toggled } from './selection.ts';

describe('selection', () => {
  it('toggles a row and leaves what was before untouched', () => {
    const one = toggled(nothingSelected, 'a');
    expect([...one]).toEqual(['a']);
    expect([...toggled(one, 'a')]).toEqual([]);
    expect([...one]).toEqual(['a']);
    expect(nothingSelected.size).toBe(0);
  });

  it('adds each row once', () => {
    expect([...added(toggled(nothingSelected, 'a'), ['a', 'b'])]).toEqual(['a', 'b']);
  });
});
