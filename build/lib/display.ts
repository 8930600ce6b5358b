import { findProgram } from './find.ts';

/** What to put before a command that opens windows: nothing where there is a display, a virtual one where there is none. */
export function display(): readonly string[] {
  const shown = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (shown) return [];
  if (!findProgram('xvfb-run'))
    throw new Error('There is no display. Install the package "xvfb", or start in a session.');
  return ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'];
}
