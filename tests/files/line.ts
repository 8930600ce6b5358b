import type { AddressInfo, Socket } from 'node:net';
import { createServer, connect as dial } from 'node:net';

/** A line to the viewer that can be cut, and that counts what goes over it. */
export interface Line {
  readonly url: string;
  readonly cut: () => void;
  readonly mend: () => void;
  /** Bytes to the viewer and from it, since the line was opened. */
  readonly up: () => number;
  readonly down: () => number;
  /** Cuts the line as soon as so many further bytes came from the viewer. */
  readonly cutAfter: (bytes: number) => void;
  readonly close: () => Promise<void>;
}

export async function openLine(port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let left = Number.POSITIVE_INFINITY;
  const counts = { up: 0, down: 0 };
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = dial(port, '127.0.0.1');
    for (const [from, to, way] of [
      [near, far, 'up'],
      [far, near, 'down'],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.on('data', (chunk: Buffer) => {
        counts[way] += chunk.length;
        if (way === 'down') left -= chunk.length;
        if (left <= 0) {
          left = Number.POSITIVE_INFINITY;
          cut();
        }
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false;
    },
    up: () => counts.up,
    down: () => counts.down,
    cutAfter: (bytes) => {
      left = bytes;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
