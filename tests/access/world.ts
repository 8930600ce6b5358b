import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { blobId } from '../../shared/features/files/model.ts';
import type { Envelope } from '../../shared/lib/errors.ts';
import type { Edit } from '../../shared/sync/edit.ts';
import type { S3Config } from '../../viewer/server/config.ts';
import { credentialTable, loginTable } from '../../viewer/server/db/auth-schema.ts';
import { deviceTokenTable, loginAccountTable, organisationHeadTable } from '../../viewer/server/db/schema.ts';
import { type RunningViewer, startViewer } from '../../viewer/server/index.ts';
import { hashSecret } from '../../viewer/server/sync/pairing.ts';
import { createTestDatabase } from '../setup/database.ts';
import { row, testNow } from './rows.ts';

/** Somebody at the door: anonymous without headers. */
export interface Visit {
  /** Cookie of a resident, token of a device, or nothing. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A viewer that really runs, on a database of its own, with helpers to fill it and to knock at it. */
export interface World {
  readonly url: string;
  /** As its owner: for looking at it from outside. */
  readonly databaseUrl: string;
  readonly running: RunningViewer;
  readonly dataFolder: string;
  /** Milliseconds since 1970; what the viewer takes for now. */
  readonly clock: { now: number };
  readonly write: (organisationId: string, edits: readonly Edit[]) => Promise<void>;
  readonly found: (organisationId: string, edits: readonly Edit[]) => Promise<void>;
  /** Keeps bytes as the viewer does after an upload; answers the fields of an attachment. */
  readonly keep: (
    organisationId: string,
    fileName: string,
    content: string | Uint8Array,
  ) => Promise<{
    readonly sha256: string;
    readonly fileName: string;
    readonly mediaType: string;
    readonly size: number;
  }>;
  /** A login with a password, and the accounts it opens. */
  readonly login: (
    email: string,
    accounts: readonly { readonly organisationId: string; readonly accountId: string }[],
  ) => Promise<Visit>;
  readonly device: (organisationId: string, staffId: string, revoked?: boolean) => Promise<Visit & { id: string }>;
  readonly request: (visit: Visit, method: string, path: string, body?: unknown) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

const password = 'Stiller Bach im Morgenlicht 7';
export const anonymous: Visit = { headers: {} };

/** Starts an empty world; its files are in a folder unless a bucket is given. */
export async function startWorld(s3: S3Config | null = null): Promise<World> {
  const database = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'treppenhaus-world-'));
  const clock = { now: testNow };
  const running = await startViewer(
    {
      databaseUrl: database.url,
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      dataFolder,
      s3,
      smtpUrl: null,
      mailFrom: 'Treppenhaus <portal@example.org>',
      releaseDelaySeconds: 30,
      secret: 'a secret of thirty-two characters!',
      trustedProxies: [],
      logLevel: 'silent',
    },
    { now: () => clock.now, portalFolder: dataFolder },
  );
  const { viewer, url } = running;
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const write: World['write'] = (organisationId, edits) =>
    viewer.company(organisationId, (company) => company.write({ kind: 'server' }, edits));
  const request: World['request'] = (visit, method, path, body) =>
    fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...visit.headers, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    url,
    databaseUrl: database.url,
    running,
    dataFolder,
    clock,
    write,
    request,
    found: async (organisationId, edits) => {
      await viewer.company(organisationId, ({ tx }) =>
        tx
          .insert(organisationHeadTable)
          .values({ organisationId, epoch: randomUUID(), head: 0, lastActivityNumber: 0 }),
      );
      await write(organisationId, edits);
    },
    keep: async (organisationId, fileName, content) => {
      const bytes = Buffer.from(content);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = join(dataFolder, randomUUID());
      await writeFile(path, bytes);
      await viewer.blobs.adopt(organisationId, sha256, path);
      const mediaType = 'text/plain';
      const fields = { sha256, mediaType, size: bytes.length };
      await write(organisationId, [{ ...row('blob', sha256, fields), id: blobId(sha256) } as Edit]);
      return { ...fields, fileName };
    },
    login: async (given, accounts) => {
      const [loginId, email] = [randomUUID(), given.toLowerCase()];
      const made = { createdAt: new Date(testNow), updatedAt: new Date(testNow) };
      await viewer.global.insert(loginTable).values({ id: loginId, name: email, email, emailVerified: true, ...made });
      await viewer.global.insert(credentialTable).values({
        id: randomUUID(),
        userId: loginId,
        providerId: 'credential',
        accountId: loginId,
        password: passwordHash,
        ...made,
      });
      for (const account of accounts) {
        await viewer.global
          .insert(loginAccountTable)
          .values({ loginId, ...account, createdAt: new Date(testNow).toISOString() });
      }
      return signIn(request, email);
    },
    device: async (organisationId, staffId, revoked = false) => {
      const [token, id] = [randomUUID() + randomUUID(), randomUUID()];
      const createdAt = new Date(testNow).toISOString();
      await viewer.global.insert(deviceTokenTable).values({
        tokenHash: hashSecret(token),
        organisationId,
        deviceId: id,
        staffId,
        createdAt,
        revokedAt: revoked ? createdAt : null,
      });
      await write(organisationId, [{ ...row('device', id, { staffId }), id } as Edit]);
      return { id, headers: { authorization: `Bearer ${token}` } };
    },
    stop: async () => {
      await running.stop();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function signIn(request: World['request'], email: string): Promise<Visit> {
  const response = await request(anonymous, 'POST', '/api/portal/sign-in', { email, password });
  const answer = (await response.json()) as Envelope<unknown>;
  if ('error' in answer) throw new Error(`${email} cannot sign in: ${answer.error.code}`);
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]);
  return { headers: { cookie: cookie.join('; ') } };
}

/** What an envelope says: `ok`, or the code. */
export async function verdict(response: Response): Promise<string> {
  const answer = (await response.json()) as Envelope<unknown>;
  return 'ok' in answer ? 'ok' : answer.error.code;
}

/** The value of an envelope; throws the code of a failure. */
export async function okOf<T>(response: Response): Promise<T> {
  const answer = (await response.json()) as Envelope<T>;
  if ('error' in answer) throw new Error(answer.error.code);
  return answer.ok;
}
