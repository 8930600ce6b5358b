import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Where the window stands (device-independent pixels). */
const windowPlace = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlace>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The title bar must be reachable: this much of the window's top edge has to lie on a screen (pixels). */
const visible = 120;

/** Reads the place; null where none is kept or it cannot be read, since a window somewhere is better than none. */
export function readPlace(file: string): WindowPlace | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  return parsePlace(text);
}

function parsePlace(text: string): WindowPlace | null {
  try {
    return windowPlace.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps the place for the next start. */
export function keepPlace(file: string, place: WindowPlace): void {
  writeFileSync(file, `${JSON.stringify(place)}\n`);
}

/** The place if it can be seen on one of the screens that are there today; else null. */
export function placeOnScreens(place: WindowPlace | null, screens: readonly Area[]): WindowPlace | null {
  if (place === null) return null;
  const seen = screens.some(
    (screen) =>
      place.x + place.width - visible >= screen.x &&
      place.x + visible <= screen.x + screen.width &&
      place.y >= screen.y &&
      place.y + visible <= screen.y + screen.height,
  );
  return seen ? place : null;
}
