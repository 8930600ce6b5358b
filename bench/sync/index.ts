import { parseArgs } from 'node:util';
import { type Print, printer } from '../lib/lines.ts';
import { installPeers } from '../lib/peers.ts';
import { openWorld, type World } from '../lib/world.ts';
import { benchBootstrap } from './bootstrap.ts';
import { benchCompanies } from './companies.ts';
import { benchDrain } from './drain.ts';
import { benchEdits } from './edits.ts';

/** Sizes of the whole bench, and of one that only shows that it works. */
const sizes = {
  full: {
    bootstrap: { rows: 100_000, repetitions: 3 },
    edits: { edits: 1000, singles: 100, repetitions: 3 },
    drain: { edits: 100_000, rows: 10_000 },
    companies: {
      edits: 25_000,
      scenes: [
        { companies: 1, desks: 1 },
        { companies: 1, desks: 50 },
        { companies: 5, desks: 1 },
        { companies: 20, desks: 1 },
      ],
    },
  },
  tiny: {
    bootstrap: { rows: 200, repetitions: 1 },
    edits: { edits: 20, singles: 3, repetitions: 1 },
    drain: { edits: 60, rows: 10 },
    companies: {
      edits: 60,
      scenes: [
        { companies: 1, desks: 3 },
        { companies: 2, desks: 1 },
      ],
    },
  },
} as const;

interface Asked {
  readonly size: (typeof sizes)['full' | 'tiny'];
  readonly peers: boolean;
  readonly window: boolean;
  readonly print: Print;
  readonly say: (text: string) => void;
}

const benches: Readonly<Record<string, (world: World, asked: Asked) => Promise<void>>> = {
  bootstrap: (world, { size, peers, print }) => benchBootstrap(world, size.bootstrap, peers, print),
  edits: (world, { size, peers, print }) => benchEdits(world, size.edits, peers, print),
  drain: (world, { size, print, ...options }) => benchDrain(world, size.drain, options, print),
  companies: (world, { size, print }) => benchCompanies(world, size.companies, print),
};

/** `npm run bench -- sync [--only edits] [--tiny] [--no-peers] [--no-window]`: every bench in a world of its own. */
export async function benchSync(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      only: { type: 'string', multiple: true, default: Object.keys(benches) },
      tiny: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: true },
      window: { type: 'boolean', default: true },
    },
  });
  const unknown = values.only.find((name) => !Object.hasOwn(benches, name));
  if (unknown !== undefined) throw new Error(`No bench ${unknown}. There are: ${Object.keys(benches).join(', ')}.`);
  const say = (text: string): void => void process.stderr.write(text);
  const missing = values.peers ? await installPeers(say) : null;
  if (missing !== null) say(`The peers cannot be had, so nothing is compared with them: ${missing}\n`);
  const asked: Asked = {
    size: values.tiny ? sizes.tiny : sizes.full,
    peers: values.peers && missing === null,
    window: values.window,
    print: printer((text) => void process.stdout.write(text)),
    say,
  };
  for (const name of values.only) {
    const world = await openWorld();
    try {
      await benches[name]?.(world, asked);
    } finally {
      await world.close();
    }
  }
}
