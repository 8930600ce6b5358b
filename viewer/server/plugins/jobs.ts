import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { fromDrizzle, type JobResult, PgBoss } from 'pg-boss';
import type { Transaction, ViewerLog } from '../context.ts';
import { applicationOptions, connectionConfig, jobsSchema } from '../db/pool.ts';

/** What a published or released thing is, for those who are told of it. */
export type NewsKind = 'notice' | 'document' | 'entry';

/** What happened to a login that its owner should know of. */
export type SecurityEvent =
  | 'new-browser'
  | 'password-changed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'email-changed';

/** Every kind of job with its data: ids only, no personal data but where nothing else finds the person. */
export interface JobData {
  /** Something became visible: works out who is told and writes the delivery ledger. */
  readonly announce: {
    readonly organisationId: string;
    readonly kind: NewsKind;
    readonly subjectId: string;
    /** Of an entry: the release it is about; another release has a job of its own. */
    readonly release: string | null;
    /** Not before (milliseconds since 1970). */
    readonly mailAt: number;
  };
  /** One mail to one person about it. */
  readonly mail: { readonly organisationId: string; readonly deliveryId: string; readonly release: string | null };
  readonly invite: { readonly organisationId: string; readonly accountId: string; readonly invitedAt: string };
  readonly reset: { readonly email: string };
  /** `browser`, `system`: where it happened, empty where unknown; `at`: when (milliseconds since 1970). */
  readonly security: {
    readonly loginId: string;
    readonly event: SecurityEvent;
    /** An address that is no longer the login's; null: the login's own. */
    readonly address: string | null;
    readonly browser: string;
    readonly system: string;
    readonly at: number;
  };
  /** Sends the two links of a change of address. */
  readonly emailChange: { readonly loginId: string; readonly newEmail: string };
  /** Tells the companies the address with which a login signs in. */
  readonly loginEmail: { readonly loginId: string };
  /** Forgets what is over; the queue's own clock asks for it. */
  readonly housekeeping: object;
}
type JobName = keyof JobData;

/** One try of a job. */
export interface JobTry {
  /** No further try follows. */
  readonly last: boolean;
}

/** The queue, shared by all viewer processes on one database. */
export interface Jobs {
  /** Enqueues inside the caller's transaction: committed with it, or never there. */
  readonly send: <N extends JobName>(
    db: Transaction | NodePgDatabase,
    name: N,
    data: JobData[N],
    startAfter?: Date,
  ) => Promise<void>;
  /** Begins to take jobs. A handler that throws is tried again, later and later. */
  readonly work: <N extends JobName>(
    name: N,
    handler: (data: JobData[N], attempt: JobTry) => Promise<void>,
  ) => Promise<void>;
  /** Waits for what is running. */
  readonly stop: () => Promise<void>;
}

/** With the doubling delay the last of twelve tries is some hours after the first. */
const patient = { retryLimit: 12, retryDelay: 4, retryBackoff: true, deleteAfterSeconds: 24 * 3600 };

/** A link that is valid for an hour is not sent hours later; its job names an address, so it does not stay. */
const hasty = { ...patient, retryLimit: 7, deleteAfterSeconds: 600 };

const queues: Readonly<Record<JobName, typeof patient>> = {
  announce: patient,
  mail: patient,
  invite: patient,
  reset: hasty,
  security: patient,
  emailChange: hasty,
  loginEmail: patient,
  housekeeping: patient,
};

/** New jobs wake the worker; jobs that wait for their time are found by looking every two seconds. */
const working = {
  includeMetadata: true,
  perJobResults: true,
  batchSize: 10,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 2,
  notifyPollingIntervalSeconds: 2,
} as const;

/** Opens the queue in its schema, which `migrateDatabase` made, and prepares its queues. */
export async function openJobs(url: string, log: ViewerLog): Promise<Jobs> {
  const boss = new PgBoss({
    ...connectionConfig(url, 'treppenhaus-jobs'),
    options: applicationOptions,
    schema: jobsSchema,
    createSchema: false,
    max: 4,
    useListenNotify: true,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the queue has a problem'));
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, { ...options, notify: true });
    // A queue of an earlier version keeps its settings until it is told.
    await boss.updateQueue(name, { ...options, notify: true });
  }
  await boss.schedule('housekeeping', '17 3 * * *', {}, { tz: 'Europe/Berlin' });
  return {
    send: async (db, name, data, startAfter) => {
      await boss.send(name, data, { db: fromDrizzle(db, sql), ...(startAfter === undefined ? {} : { startAfter }) });
    },
    work: async (name, handler) => {
      type Data = JobData[typeof name];
      await boss.work<Data, unknown, typeof working>(name, working, async (jobs) => {
        const results: JobResult[] = [];
        for (const job of jobs) {
          try {
            await handler(job.data, { last: job.retryCount >= job.retryLimit });
            results.push({ id: job.id, status: 'completed' });
          } catch (error) {
            log.warn({ job: name, jobId: job.id, retryCount: job.retryCount, err: error }, 'a job failed');
            results.push({ id: job.id, status: 'failed' });
          }
        }
        return results;
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  };
}
