import type { KeyboardEvent } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { gridKeyHandler } from './grid-keys.ts';

function press(key: string, at: { readonly active: number; readonly count?: number }, modifiers: object = {}) {
  const deeds = { move: vi.fn(), toggle: vi.fn(), open: vi.fn(), selectAll: vi.fn(), clear: vi.fn() };
  const preventDefault = vi.fn();
  gridKeyHandler({ count: at.count ?? 100, active: at.active, screen: 10, ...deeds })({
    key,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    preventDefault,
    ...modifiers,
  } as unknown as KeyboardEvent);
  return { ...deeds, preventDefault };
}

describe('gridKeyHandler', () => {
  it('moves within the list and stops at its ends', () => {
    expect(press('ArrowDown', { active: 3 }).move).toHaveBeenCalledWith(4, false);
    expect(press('ArrowUp', { active: 0 }).move).toHaveBeenCalledWith(0, false);
    expect(press('PageDown', { active: 95 }).move).toHaveBeenCalledWith(99, false);
    expect(press('End', { active: 0 }).move).toHaveBeenCalledWith(99, false);
  });

  it('extends with Shift and takes all with Ctrl+A', () => {
    expect(press('ArrowDown', { active: 3 }, { shiftKey: true }).move).toHaveBeenCalledWith(4, true);
    expect(press('a', { active: 3 }, { ctrlKey: true }).selectAll).toHaveBeenCalledOnce();
  });

  it('leaves other keys and an empty list to the page', () => {
    expect(press('x', { active: 3 }).preventDefault).not.toHaveBeenCalled();
    expect(press('a', { active: 3 }).selectAll).not.toHaveBeenCalled();
    expect(press('ArrowDown', { active: 0, count: 0 }).preventDefault).not.toHaveBeenCalled();
  });
});
