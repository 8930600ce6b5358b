import Fastify, { type InjectOptions } from 'fastify';
import { registerErrorAnswers } from '../../viewer/server/http/answer.ts';
import { registerBlobs } from '../../viewer/server/http/blobs.ts';
import { registerSnapshots } from '../../viewer/server/http/snapshots.ts';
import { createBlobStore } from '../../viewer/server/plugins/blobs.ts';
import { openSnapshots } from '../../viewer/server/sync/snapshot.ts';
import { connection } from './network.ts';
import type { SimulatedViewer } from './viewer.ts';

/** What the viewer says to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The viewer's addresses that are no operations, with the product's own routes; requests arrive without a socket. */
export interface ViewerHttp {
  readonly ask: (request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer | null;
  }) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens them for one run. @param folder the viewer's data folder of this run */
export async function openViewerHttp(world: SimulatedViewer, folder: string): Promise<ViewerHttp> {
  const { now, newId } = world.viewer;
  const snapshots = await openSnapshots({ databaseUrl: world.url, folder, now, newId, log: quiet });
  const app = Fastify({ logger: false });
  registerErrorAnswers(app);
  const callers = {
    device: async () => connection()?.caller() ?? null,
    remembered: () => null,
    resident: async () => null,
  };
  await registerBlobs(app, { ...world.viewer, blobs: createBlobStore(folder) }, callers, folder);
  registerSnapshots(app, callers, {
    ...snapshots,
    begin: async (device) => {
      const head = await snapshots.begin(device);
      // Read to its end before anybody else goes on: what else the database does must not depend on its speed.
      for await (const _ of await snapshots.read(device, head.id, 0));
      return head;
    },
  });
  return {
    ask: async ({ method, path, headers, body }) => {
      const response = await app.inject({
        method: method as NonNullable<InjectOptions['method']>,
        url: path,
        headers,
        ...(body === null ? {} : { payload: body }),
      });
      const plain = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
      return { status: response.statusCode, headers: Object.fromEntries(plain), body: response.rawPayload };
    },
    stop: async () => {
      await app.close();
      await snapshots.stop();
    },
  };
}
