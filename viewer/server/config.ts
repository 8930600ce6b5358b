import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { requiredLine } from '../../shared/lib/schemas.ts';

/** What the viewer is started with. */
export interface ViewerConfig {
  /** Null: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | null;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Address in mails and of the cookies, without a slash at the end; null: where the viewer listens. */
  readonly publicUrl: string | null;
  /** Absolute. Holds files, the secret and the embedded database. */
  readonly dataFolder: string;
  /** Where the files of the companies are kept; null: in the data folder. */
  readonly s3: S3Config | null;
  /** Null: no mail can be sent, and every delivery says so. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Between a release and its mail; unticking within this time cancels it. */
  readonly releaseDelaySeconds: number;
  /** Signs the cookies. */
  readonly secret: string;
  /** Proxies whose `X-Forwarded-*` count: addresses or networks. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** A bucket of an object storage that speaks S3. */
export interface S3Config {
  readonly bucket: string;
  /** Null: Amazon's own, by region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The bucket stands in the path of an address, not in its host name. */
  readonly pathStyle: boolean;
}

/** A setting that cannot be used; the message is a sentence for whoever set it. */
export class ConfigError extends Error {}

const fields = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('an address like postgresql://user:password@host:5432/name'),
  HOST: z.string().min(1).default('127.0.0.1').describe('the address to listen on, for example 0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8480).describe('a number from 0 to 65535'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .refine((value) => URL.canParse(value) && new URL(value).pathname === '/' && new URL(value).search === '')
    .optional()
    .describe('an address like https://portal.example.de, without a path'),
  DATA_DIR: z.string().min(1).default('.data/viewer').describe('a folder'),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional()
    .describe('the name of a bucket: 3 to 63 small letters, digits, dots and hyphens'),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('an address like https://s3.example.de'),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('eu-central-1')
    .describe('the name of a region like eu-central-1'),
  S3_ACCESS_KEY_ID: requiredLine(200).optional().describe('the name of an access key'),
  S3_ACCESS_KEY_ID_FILE: z.string().min(1).optional().describe('a file that holds the name of an access key'),
  S3_SECRET_ACCESS_KEY: requiredLine(200).optional().describe('the secret of an access key'),
  S3_SECRET_ACCESS_KEY_FILE: z.string().min(1).optional().describe('a file that holds the secret of an access key'),
  S3_PATH_STYLE: z
    .enum(['yes', 'no'])
    .optional()
    .describe('yes (the bucket stands in the path) or no (in the host name)'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('an address like smtp://user:password@host:587'),
  MAIL_FROM: requiredLine(320)
    .regex(/@/)
    .default('Treppenhaus <portal@localhost>')
    .describe('a sender like Treppenhaus <portal@example.de>'),
  RELEASE_DELAY_SECONDS: z.coerce.number().int().min(0).max(86_400).default(30).describe('seconds from 0 to 86400'),
  SECRET: z.string().min(32).optional().describe('at least 32 characters'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.literal('')])))
    .describe('addresses or networks with commas between them'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('debug, info, warn, error or silent'),
};

/**
 * Reads the settings from environment variables; empty ones count as not set. Makes the data folder and, where none is
 * given, the secret in it.
 * @throws ConfigError with a sentence that never repeats a value, since values are passwords
 */
export async function readConfig(environment: Readonly<Record<string, string | undefined>>): Promise<ViewerConfig> {
  const given = Object.fromEntries(
    Object.keys(fields).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = z.object(fields).safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]) as keyof typeof fields;
    throw new ConfigError(`${name} cannot be used: it must be ${fields[name].description}.`);
  }
  const values = parsed.data;
  const dataFolder = resolve(values.DATA_DIR);
  await mkdir(dataFolder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`The folder ${dataFolder} of DATA_DIR cannot be made (${error.code}).`);
  });
  return {
    databaseUrl: values.DATABASE_URL ?? null,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL === undefined ? null : new URL(values.PUBLIC_URL).origin,
    dataFolder,
    s3: await s3Of(values),
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    releaseDelaySeconds: values.RELEASE_DELAY_SECONDS,
    secret: values.SECRET ?? (await keptSecret(dataFolder)),
    trustedProxies: values.TRUSTED_PROXIES.filter((entry) => entry !== ''),
    logLevel: values.LOG_LEVEL,
  };
}

type Values = z.output<z.ZodObject<typeof fields>>;

/** All of a bucket's settings or none: half of them would quietly keep the files in the data folder. */
async function s3Of(values: Values): Promise<S3Config | null> {
  const bucket = values.S3_BUCKET;
  if (bucket === undefined) {
    const alone = Object.keys(fields).find(
      (name) => name.startsWith('S3_') && name !== 'S3_REGION' && values[name as keyof Values] !== undefined,
    );
    if (alone !== undefined) throw new ConfigError(`${alone} is of no use without S3_BUCKET.`);
    return null;
  }
  return {
    bucket,
    endpoint: values.S3_ENDPOINT ?? null,
    region: values.S3_REGION,
    accessKeyId: await keyOf(values, 'S3_ACCESS_KEY_ID'),
    secretAccessKey: await keyOf(values, 'S3_SECRET_ACCESS_KEY'),
    // Only Amazon is sure to answer at a host name per bucket.
    pathStyle: values.S3_PATH_STYLE === undefined ? values.S3_ENDPOINT !== undefined : values.S3_PATH_STYLE === 'yes',
  };
}

/** A key from its variable or from the file that the variable with `_FILE` names. */
async function keyOf(values: Values, name: 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'): Promise<string> {
  const [given, file] = [values[name], values[`${name}_FILE`]];
  if (given !== undefined && file !== undefined) throw new ConfigError(`Set ${name} or ${name}_FILE, not both.`);
  if (given !== undefined) return given;
  if (file === undefined) throw new ConfigError(`S3_BUCKET needs ${name} or ${name}_FILE.`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`The file of ${name}_FILE cannot be read (${error.code}).`);
  });
  if (!requiredLine(200).safeParse(text.trim()).success) {
    throw new ConfigError(`The file of ${name}_FILE cannot be used: it must hold one line.`);
  }
  return text.trim();
}

/** The secret in the data folder, made at first use; only this user can read it. */
async function keptSecret(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'secret');
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EEXIST') throw new ConfigError(`The secret cannot be written to ${file} (${code}).`);
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32) throw new ConfigError(`The secret in ${file} is damaged: it is too short.`);
  return secret;
}
