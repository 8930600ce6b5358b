import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

/** A server that speaks S3, with one bucket on a folder of its own. */
export interface TestS3 {
  /** Settings of a viewer that keeps its files there. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it keeps what it is given. */
  readonly folder: string;
  /** Answers nobody until `resume`. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port of this machine. */
export async function startTestS3(bucket = 'akten'): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'treppenhaus-s3-'));
  const serve = (at: number) =>
    new S3rver({
      address: '127.0.0.1',
      port: at,
      silent: true,
      directory,
      vhostBuckets: false,
      configureBuckets: [{ name: bucket, configs: [] }],
    });
  let server = serve(0);
  const { port } = await server.run();
  return {
    environment: {
      S3_BUCKET: bucket,
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    folder: directory,
    pause: () => server.close(),
    resume: async () => {
      server = serve(port);
      await server.run();
    },
    stop: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
