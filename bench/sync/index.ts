import { parseArgs } from 'node:util';
import { type Print, printer } from '../lib/lines.ts';
import { installPeers } from '../lib/peers.ts';
import { openWorld } from '../lib/world.ts';
import { benchEdits } from './edits.ts';

const benches = ['edits'] as const;

/** Sizes of the whole bench, and of one that only shows that it works. */
const sizes = {
  full: { edits: { edits: 1000, singles: 100, repetitions: 3 } },
  tiny: { edits: { edits: 20, singles: 3, repetitions: 1 } },
} as const;

/** `npm run bench -- sync [--only edits] [--tiny] [--no-peers]`. */
export async function benchSync(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      only: { type: 'string', multiple: true, default: [...benches] },
      tiny: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: true },
    },
  });
  const size = values.tiny ? sizes.tiny : sizes.full;
  const print: Print = printer((text) => void process.stdout.write(text));
  const say = (text: string): void => void process.stderr.write(text);
  const missing = values.peers ? await installPeers(say) : 'not asked for';
  if (values.peers && missing !== null) say(`The peers cannot be had, so nothing is compared with them: ${missing}\n`);
  const peers = missing === null;
  for (const name of values.only) {
    const world = await openWorld();
    try {
      if (name === 'edits') await benchEdits(world, size.edits, peers, print);
      else throw new Error(`There is no bench ${name}. There are: ${benches.join(', ')}.`);
    } finally {
      await world.close();
    }
  }
}
