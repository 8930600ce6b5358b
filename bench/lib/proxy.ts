import { type AddressInfo, connect, createServer } from 'node:net';

/** A line to a server that counts what comes back (bytes, with the headers of HTTP). */
export interface CountingLine {
  readonly url: string;
  readonly received: () => number;
  readonly close: () => void;
}

export async function openCountingLine(target: string): Promise<CountingLine> {
  const { hostname, port } = new URL(target);
  let received = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.pipe(far);
    far.on('data', (piece: Buffer) => {
      received += piece.length;
    });
    far.pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    close: () => void server.close(),
  };
}
