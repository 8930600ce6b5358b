import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { createApp } from './app.ts';
import type { ViewerConfig } from './config.ts';
import type { Viewer } from './context.ts';
import { createCompanyRunner } from './db/company.ts';
import { migrateDatabase } from './db/migrate.ts';
import { openConnections } from './db/pool.ts';
import { browserName } from './features/accounts/browser-name.ts';
import type { AccountServices } from './features/accounts/handlers.ts';
import { numberActivities, reopenActivities } from './features/activities/consequences.ts';
import { createCallers } from './http/callers.ts';
import { httpHandlers } from './http/handlers.ts';
import { type Auth, createAuth } from './plugins/auth/auth.ts';
import { openBlobStore } from './plugins/blobs.ts';
import { startEmbeddedDatabase } from './plugins/embedded.ts';
import { listenToHeads } from './plugins/heads.ts';
import { type Jobs, openJobs } from './plugins/jobs.ts';
import { openLog } from './plugins/log.ts';
import { openMailer } from './plugins/mail.ts';
import { notificationsFor } from './plugins/notifications.ts';
import { registerWorkers } from './plugins/workers.ts';
import { type CommitDeps, createWriteEdits } from './sync/commit.ts';
import { publishQueued } from './sync/publication.ts';
import { openSnapshots } from './sync/snapshot.ts';
import { suspendDevices } from './sync/suspension.ts';

/** A viewer that serves. */
export interface RunningViewer {
  /** Where it can be reached from this machine, without a slash at the end. */
  readonly url: string;
  /** For tools and tests in the same process. */
  readonly viewer: Viewer;
  /** Ends requests and jobs that run, then everything that was started. Calling it again waits for the same end. */
  readonly stop: () => Promise<void>;
}

/** What a start may be given beside its settings. */
export interface StartOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** The built portal; `out/portal` of the repository unless told. */
  readonly portalFolder?: string;
  /** Told when the embedded database ends by itself: nothing works any more. */
  readonly onLost?: () => void;
}

const builtPortal = join(import.meta.dirname, '../../out/portal');

/**
 * Starts the viewer: database, migrations, jobs, HTTP.
 * @throws an Error with a sentence where a setting or the database stands in the way; what was started is stopped again
 */
export async function startViewer(config: ViewerConfig, options: StartOptions = {}): Promise<RunningViewer> {
  const started: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      for (const end of started.toReversed()) await end();
    })();
    return stopping;
  };
  try {
    return await start(config, options, started, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: ViewerConfig,
  options: StartOptions,
  started: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningViewer> {
  const log = openLog(config.logLevel);
  const now = options.now ?? Date.now;
  const databaseUrl = config.databaseUrl ?? (await embedded(config, options, started));
  await migrateDatabase(databaseUrl);
  const connections = await openConnections(databaseUrl, (error) => log.warn({ err: error }, 'a connection broke'));
  started.push(connections.close);
  const mailer = openMailer(config);
  started.push(mailer.stop);
  const jobs = await openJobs(databaseUrl, log);
  started.push(jobs.stop);
  const commit: CommitDeps = {
    consequences: [numberActivities, reopenActivities, publishQueued, suspendDevices, notificationsFor(jobs, config)],
    now,
    newId: v7,
    told: (head) => heads.tell(head),
  };
  const viewer: Viewer = {
    company: createCompanyRunner(connections.db, createWriteEdits(commit)),
    global: connections.db,
    blobs: await openBlobStore(config),
    now,
    newId: v7,
    log,
  };
  const auth = createAuth({
    db: connections.db,
    secret: config.secret,
    secure: config.publicUrl?.startsWith('https:') ?? false,
    log,
  });
  let listeningAt = '';
  const publicUrl = () => config.publicUrl ?? listeningAt;
  await registerWorkers({ jobs, viewer, auth, mailer, publicUrl });
  const heads = await listenToHeads(databaseUrl, log);
  started.push(heads.stop);
  const snapshots = await openSnapshots({ databaseUrl, folder: config.dataFolder, now, newId: v7, log });
  started.push(snapshots.stop);
  const portalFolder = options.portalFolder ?? builtPortal;
  const app = await createApp({
    config,
    log,
    viewer,
    callers: createCallers(viewer, auth.find),
    handlers: httpHandlers(accountServices(auth, jobs, viewer), commit),
    heads,
    snapshots,
    publicUrl,
    portalFolder: existsSync(join(portalFolder, 'index.html')) ? portalFolder : null,
  });
  started.push(() => app.close());
  listeningAt = await listen(() => app.listen({ host: config.host, port: config.port }), config);
  return { url: listeningAt, viewer, stop };
}

/** What the operations on accounts leave to jobs. */
function accountServices(auth: Auth, jobs: Jobs, viewer: Viewer): AccountServices {
  return {
    auth,
    requestReset: (email) => jobs.send(viewer.global, 'reset', { email }),
    tellOwner: (loginId, event, userAgent) =>
      jobs.send(viewer.global, 'security', {
        ...{ loginId, event, address: null, at: viewer.now() },
        ...browserName(userAgent),
      }),
    requestEmailChange: (loginId, newEmail) => jobs.send(viewer.global, 'emailChange', { loginId, newEmail }),
    emailChanges: {
      spread: (db, loginId) => jobs.send(db, 'loginEmail', { loginId }),
      told: async (db, { loginId, oldEmail }) => {
        const facts = { loginId, event: 'email-changed', browser: '', system: '', at: viewer.now() } as const;
        await jobs.send(db, 'security', { ...facts, address: null });
        await jobs.send(db, 'security', { ...facts, address: oldEmail });
      },
    },
  };
}

async function embedded(
  config: ViewerConfig,
  options: StartOptions,
  started: (() => Promise<void>)[],
): Promise<string> {
  const database = await startEmbeddedDatabase(config.dataFolder, options.onLost ?? (() => undefined));
  started.push(database.stop);
  return database.url;
}

/** The address it listens on; one that means "everywhere" is named by this machine's own. */
async function listen(open: () => Promise<string>, config: ViewerConfig): Promise<string> {
  try {
    return (await open()).replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new Error(`Port ${config.port} is taken by another program. Choose another with PORT.`);
    }
    if (code === 'EACCES') throw new Error(`This user may not open port ${config.port}. Choose one above 1023.`);
    if (code === 'EADDRNOTAVAIL') throw new Error(`HOST ${config.host} is no address of this machine.`);
    throw error;
  }
}
