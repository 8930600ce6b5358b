import type { KeyboardEvent } from 'react';

interface GridKeys {
  readonly count: number;
  readonly active: number;
  /** Rows of one screen. */
  readonly screen: number;
  readonly move: (index: number, extend: boolean) => void;
  readonly toggle: (index: number) => void;
  readonly open: (index: number) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
}

/** Arrow keys, page keys, Home and End move; Shift extends; Space selects; Enter opens; Ctrl+A takes all; Escape none. */
export function gridKeyHandler(keys: GridKeys): (event: KeyboardEvent) => void {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: keys.active + 1,
    ArrowUp: keys.active - 1,
    PageDown: keys.active + keys.screen,
    PageUp: keys.active - keys.screen,
    Home: 0,
    End: keys.count - 1,
  };
  return (event) => {
    if (keys.count === 0 || event.altKey) return;
    const target = targets[event.key];
    if (target !== undefined) keys.move(Math.min(keys.count - 1, Math.max(0, target)), event.shiftKey);
    else if (event.key === ' ') keys.toggle(Math.max(0, keys.active));
    else if (event.key === 'Enter') keys.open(Math.max(0, keys.active));
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) keys.selectAll();
    else if (event.key === 'Escape') keys.clear();
    else return;
    event.preventDefault();
  };
}
