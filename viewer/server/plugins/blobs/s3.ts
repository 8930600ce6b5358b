import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { OperationError } from '../../../../shared/lib/errors.ts';
import type { S3Config } from '../../config.ts';
import type { BlobStore, StoredBlob } from '../../context.ts';
import { isBlobAddress, toBlobAddress } from './address.ts';

const prefix = 'blobs/';
/** Bytes of a part; S3 wants at least 5 MiB. */
const partSize = 8 * 1024 * 1024;
/** Milliseconds until a server that does not take the call counts as away, and one that falls silent. */
const patience = { connectionTimeout: 5_000, socketTimeout: 30_000 };

/**
 * Files by hash in a bucket. What was hashed here is sent in parts; an object appears when all of them are there.
 * @throws Error with a sentence where the bucket cannot be used
 */
export async function openS3Store(config: S3Config): Promise<BlobStore> {
  const client = new S3Client({
    region: config.region,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    forcePathStyle: config.pathStyle,
    maxAttempts: 4,
    // Checksums of the newer protocol are unknown to most servers but Amazon's.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: patience,
    ...(config.endpoint === null ? {} : { endpoint: config.endpoint }),
  });
  await client.send(new HeadBucketCommand({ Bucket: config.bucket })).catch((error: unknown) => {
    client.destroy();
    throw new Error(whyNoBucket(error));
  });
  return storeIn(client, config.bucket);
}

function storeIn(client: S3Client, bucket: string): BlobStore {
  const at = (organisationId: string, sha256: string) => ({
    Bucket: bucket,
    Key: prefix + toBlobAddress(organisationId, sha256),
  });
  const size = async (organisationId: string, sha256: string): Promise<number | null> => {
    const found = await client
      .send(new HeadObjectCommand(at(organisationId, sha256)))
      .catch((error: unknown) => (isMissing(error) ? null : fail(error)));
    return found?.ContentLength ?? null;
  };
  return {
    adopt: async (organisationId, sha256, temporaryPath) => {
      const address = at(organisationId, sha256);
      if ((await size(organisationId, sha256)) !== null) return;
      const body = createReadStream(temporaryPath);
      const upload = new Upload({ client, params: { ...address, Body: body }, partSize, queueSize: 2 });
      try {
        await upload.done();
      } catch (error) {
        fail(error);
      } finally {
        body.destroy();
      }
    },
    open: async (organisationId, sha256, range) => {
      const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end}`;
      const { Body } = await client
        .send(new GetObjectCommand({ ...at(organisationId, sha256), Range }))
        .catch((error: unknown) => fail(isMissing(error) ? new OperationError('not-found') : error));
      return Body as Readable;
    },
    size,
    has: async (organisationId, sha256) => (await size(organisationId, sha256)) !== null,
    remove: async (organisationId, sha256) => {
      await client.send(new DeleteObjectCommand(at(organisationId, sha256))).catch(fail);
    },
    list: () => listBucket(client, bucket),
  };
}

async function* listBucket(client: S3Client, bucket: string): AsyncGenerator<StoredBlob> {
  let token: string | undefined;
  do {
    const page = await client
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }))
      .catch(fail);
    for (const { Key = '', LastModified } of page.Contents ?? []) {
      const [organisationId = '', sha256 = ''] = Key.slice(prefix.length).split('/');
      if (LastModified !== undefined && isBlobAddress(organisationId, sha256)) {
        yield { organisationId, sha256, since: LastModified.getTime() };
      }
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

/** After the client's own tries: the storage is away, or full. */
function fail(error: unknown): never {
  if (error instanceof OperationError) throw error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  throw Object.assign(
    status === 507
      ? new OperationError('disk-full', { at: 'viewer' })
      : new OperationError('viewer-unreachable', { at: 'storage' }),
    { cause: error },
  );
}

/** A sentence for whoever set it, without keys and addresses. */
function whyNoBucket(error: unknown): string {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  if (status === 404) return 'The bucket of S3_BUCKET does not exist.';
  if (status === 401 || status === 403)
    return 'The access key of S3_ACCESS_KEY_ID does not open the bucket of S3_BUCKET.';
  if (status === 301 || status === 400) return 'S3_REGION is not the region of the bucket of S3_BUCKET.';
  if (status !== undefined) return `The storage of S3_ENDPOINT answers with an error (${status}).`;
  const { code, name } = error as NodeJS.ErrnoException;
  return `The storage of S3_ENDPOINT cannot be reached (${code ?? name}).`;
}
