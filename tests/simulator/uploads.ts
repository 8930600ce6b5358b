import * as tus from 'tus-js-client';
import { type Connection, connection, spoilt, throughFaults } from './network.ts';
import { gate } from './scope.ts';

/** Uploads that the viewer works on; a second request for one waits at a gate, as the viewer's lock makes it wait. */
const busy = new Set<string>();

/** Lets the product's uploads go over the connection they are made on. */
export function installUploads(): void {
  Object.assign(tus.defaultOptions, {
    httpStack: {
      getName: () => 'simulator',
      createRequest: (method: string, url: string): tus.HttpRequest => {
        const over = connection();
        if (over === null) throw new TypeError(`Nobody may ask ${url} here`);
        const headers: Record<string, string> = {};
        return {
          getMethod: () => method,
          getURL: () => url,
          setHeader: (name, value) => {
            headers[name.toLowerCase()] = value;
          },
          getHeader: (name) => headers[name.toLowerCase()],
          setProgressHandler: () => undefined,
          abort: async () => undefined,
          getUnderlyingObject: () => null,
          send: (body: AsyncIterable<Uint8Array> | null) => send(over, method, new URL(url).pathname, headers, body),
        };
      },
    },
  });
}

async function send(
  over: Connection,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  given: AsyncIterable<Uint8Array> | null,
): Promise<tus.HttpResponse> {
  const body = given === null || given === undefined ? null : await whole(given);
  while (busy.has(path)) await gate('upload busy', true);
  if (method !== 'POST') busy.add(path);
  try {
    const answer = await sendPiece(over, { method, path, headers, body });
    return {
      getStatus: () => answer.status,
      getHeader: (name) => answer.headers[name.toLowerCase()],
      getBody: () => answer.body.toString(),
      getUnderlyingObject: () => null,
    };
  } finally {
    busy.delete(path);
  }
}

type Asked = Parameters<typeof throughFaults>[1];

/** A piece of a file may arrive in part, or with other bytes. */
async function sendPiece(over: Connection, asked: Asked): ReturnType<typeof throughFaults> {
  const { chance, laneFaults, note } = over;
  const { body } = asked;
  if (asked.method !== 'PATCH' || body === null || body.length < 2) return throughFaults(over, asked);
  if (chance.once(laneFaults * 2)) {
    note('upload cut');
    await throughFaults(
      { ...over, laneFaults: 0 },
      { ...asked, body: body.subarray(0, 1 + chance.below(body.length - 1)) },
    );
    throw new TypeError('The line broke');
  }
  if (!chance.once(laneFaults)) return throughFaults(over, asked);
  note('upload spoilt');
  return throughFaults({ ...over, laneFaults: 0 }, { ...asked, body: spoilt(body, chance) });
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
