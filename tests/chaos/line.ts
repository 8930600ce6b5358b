import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../simulator/random.ts';

/** How often a line did what. */
export interface Faults {
  delayed: number;
  cut: number;
  truncated: number;
  doubled: number;
}

/** One participant's network line to the viewer. */
export interface Line {
  /** Where the participant finds the viewer. */
  readonly url: string;
  readonly faults: Readonly<Faults>;
  /** From now on this share of the exchanges goes wrong; 0 is a good line. */
  readonly weather: (share: number) => void;
  /** Breaks everything that is open now, event streams as well. */
  readonly cut: () => void;
  /** Nobody gets through until `mend`. */
  readonly sever: () => void;
  readonly mend: () => void;
  readonly stop: () => Promise<void>;
}

interface LineOptions {
  /** Port of the viewer on 127.0.0.1. */
  readonly port: number;
  /** An address of the loopback net of one's own, since the viewer counts requests by address. */
  readonly from: string;
  readonly chance: Chance;
}

/** What befalls one request and its answer. */
type Fate =
  | { readonly kind: 'good' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** So many bytes of the request or of its answer pass, then the line breaks. */
  | { readonly kind: 'break'; readonly of: 'request' | 'answer'; readonly after: number }
  /** The whole request arrives once more, at once or late; nobody reads the second answer. */
  | { readonly kind: 'double'; readonly late: number };

/** Requests over this size are not repeated (bytes). */
const longestRepeat = 4 * 1024 * 1024;

/** Opens a TCP proxy before the viewer. It knows of HTTP only that an answer follows a request. */
export async function openLine(options: LineOptions): Promise<Line> {
  const faults: Faults = { delayed: 0, cut: 0, truncated: 0, doubled: 0 };
  const open = new Set<Socket>();
  let share = 0;
  let severed = false;

  const fateOf = (): Fate => {
    const { chance } = options;
    if (!chance.once(share)) return { kind: 'good' };
    const kind = chance.below(5);
    if (kind === 0) return { kind: 'delay', milliseconds: chance.below(600) };
    if (kind === 1) return { kind: 'double', late: chance.once(0.5) ? 0 : chance.below(1500) };
    if (kind === 2) return { kind: 'break', of: 'request', after: chance.once(0.5) ? 0 : chance.below(3000) };
    return { kind: 'break', of: 'answer', after: chance.once(0.5) ? 0 : chance.below(3000) };
  };

  const server = createServer((client) => {
    if (severed) return void client.destroy();
    carry(client, options, { open, faults, fateOf });
  });
  const port = await listen(server);
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    weather: (next) => {
      share = next;
    },
    cut,
    sever: () => {
      severed = true;
      cut();
    },
    mend: () => {
      severed = false;
    },
    stop: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Carriage {
  readonly open: Set<Socket>;
  readonly faults: Faults;
  readonly fateOf: () => Fate;
}

/** Carries one connection; each request on it has a fate of its own. */
function carry(client: Socket, { port, from }: LineOptions, { open, faults, fateOf }: Carriage): void {
  const viewer = connect({ port, host: '127.0.0.1', localAddress: from });
  let fate: Fate = { kind: 'good' };
  let answering = true;
  let sent: Buffer[] = [];
  let passed = { request: 0, answer: 0 };
  let turn: Promise<unknown> = Promise.resolve();

  const end = (): void => {
    client.destroy();
    viewer.destroy();
    open.delete(client);
    open.delete(viewer);
  };
  for (const socket of [client, viewer]) {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on('error', end);
    socket.on('close', () => void turn.then(end));
  }

  /** Passes what the fate lets through; answers whether the line still holds. */
  const pass = (to: Socket, piece: Buffer, direction: 'request' | 'answer'): boolean => {
    if (to.destroyed) return false;
    if (fate.kind !== 'break' || fate.of !== direction) return to.write(piece) || true;
    const rest = fate.after - passed[direction];
    passed[direction] += piece.length;
    if (piece.length <= rest) return to.write(piece) || true;
    if (fate.after === 0) faults.cut += 1;
    else faults.truncated += 1;
    // What was let through shall arrive before the break does.
    if (rest > 0) to.write(piece.subarray(0, rest), () => end());
    else end();
    return false;
  };

  client.on('data', (piece) => {
    if (answering) {
      fate = fateOf();
      answering = false;
      sent = [];
      passed = { request: 0, answer: 0 };
      if (fate.kind === 'delay') {
        faults.delayed += 1;
        turn = turn.then(() => sleep(fate.kind === 'delay' ? fate.milliseconds : 0));
      }
    }
    if (fate.kind === 'double') sent.push(piece);
    turn = turn.then(() => pass(viewer, piece, 'request'));
  });
  viewer.on('data', (piece) => {
    if (!answering && fate.kind === 'double') {
      faults.doubled += 1;
      void repeat(Buffer.concat(sent), fate.late, { port, from });
    }
    answering = true;
    turn = turn.then(() => pass(client, piece, 'answer'));
  });
}

/** Sends a whole request once more over a connection of its own. */
async function repeat(
  request: Buffer,
  late: number,
  { port, from }: Pick<LineOptions, 'port' | 'from'>,
): Promise<void> {
  if (request.length > longestRepeat) return;
  await sleep(late);
  const again = connect({ port, host: '127.0.0.1', localAddress: from });
  again.on('error', () => again.destroy());
  again.setTimeout(5_000, () => again.destroy());
  again.write(request);
  again.on('data', () => again.destroy());
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The line has no port'));
      else resolve(address.port);
    });
  });
}
