import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treppenhaus-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('nothing set is a viewer on this machine alone, with its own database and no mail', async () => {
  expect(await readConfig({ DATA_DIR: folder, SMTP_URL: '' })).toMatchObject({
    databaseUrl: null,
    host: '127.0.0.1',
    publicUrl: null,
    smtpUrl: null,
    releaseDelaySeconds: 30,
    trustedProxies: [],
  });
});

test('the secret is made once and only this user can read it', async () => {
  const first = await readConfig({ DATA_DIR: folder });
  const second = await readConfig({ DATA_DIR: folder });
  expect(first.secret).toBe(second.secret);
  expect(first.secret.length).toBeGreaterThanOrEqual(43);
  const file = join(folder, 'secret');
  expect((await readFile(file, 'utf8')).trim()).toBe(first.secret);
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a damaged secret is not used', async () => {
  await writeFile(join(folder, 'secret'), 'short\n');
  await expect(readConfig({ DATA_DIR: folder })).rejects.toThrow('damaged');
});

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://root@localhost/x'],
  ['PUBLIC_URL', 'portal.sommer.example'],
  ['PUBLIC_URL', 'https://example.de/portal'],
  ['SMTP_URL', 'http://mail'],
  ['S3_BUCKET', 'Akten und mehr'],
  ['S3_ENDPOINT', 's3:9000'],
  ['S3_REGION', 'Frankfurt am Main'],
  ['S3_PATH_STYLE', 'perhaps'],
  ['MAIL_FROM', 'nobody-at-home'],
  ['MAIL_FROM', 'a@example.de\r\nBcc: b@example.de'],
  ['RELEASE_DELAY_SECONDS', '-1'],
  ['SECRET', 'too short'],
  ['TRUSTED_PROXIES', 'everybody'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s stops with a sentence that does not repeat it', async (name, value) => {
  const reading = readConfig({ DATA_DIR: folder, [name]: value });
  await expect(reading).rejects.toThrow(ConfigError);
  await expect(reading).rejects.toThrow(new RegExp(`^${name} cannot be used: it must be .+\\.$`));
  await expect(reading).rejects.not.toThrow(value);
});

test('a data folder that cannot be made stops with a sentence', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(readConfig({ DATA_DIR: join(folder, 'file/data') })).rejects.toThrow('DATA_DIR cannot be made');
});

const bucket = { S3_BUCKET: 'akten', S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' };

test('a bucket takes its keys from variables or from files', async () => {
  expect((await readConfig({ DATA_DIR: folder })).s3).toBeNull();
  const amazon = await readConfig({ DATA_DIR: folder, ...bucket });
  expect(amazon.s3).toEqual({
    bucket: 'akten',
    endpoint: null,
    region: 'eu-central-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    pathStyle: false,
  });
  await writeFile(join(folder, 'key'), 'from a file\n');
  const own = await readConfig({
    DATA_DIR: folder,
    ...bucket,
    S3_SECRET_ACCESS_KEY: '',
    S3_SECRET_ACCESS_KEY_FILE: join(folder, 'key'),
    S3_ENDPOINT: 'http://127.0.0.1:9000',
  });
  expect(own.s3).toMatchObject({ secretAccessKey: 'from a file', endpoint: 'http://127.0.0.1:9000', pathStyle: true });
});

test.each([
  [{ S3_BUCKET: '' }, 'S3_ACCESS_KEY_ID is of no use without S3_BUCKET.'],
  [{ S3_ACCESS_KEY_ID: '' }, 'S3_BUCKET needs S3_ACCESS_KEY_ID or S3_ACCESS_KEY_ID_FILE.'],
  [{ S3_SECRET_ACCESS_KEY_FILE: '/nowhere' }, 'Set S3_SECRET_ACCESS_KEY or S3_SECRET_ACCESS_KEY_FILE, not both.'],
  [
    { S3_SECRET_ACCESS_KEY: '', S3_SECRET_ACCESS_KEY_FILE: '/nowhere' },
    'The file of S3_SECRET_ACCESS_KEY_FILE cannot be read (ENOENT).',
  ],
])('half a bucket stops with a sentence: %j', async (change, sentence) => {
  await expect(readConfig({ DATA_DIR: folder, ...bucket, ...change })).rejects.toThrow(new ConfigError(sentence));
});

test('addresses lose their slash, lists their spaces', async () => {
  const config = await readConfig({
    DATA_DIR: folder,
    PUBLIC_URL: 'https://portal.example.de/',
    TRUSTED_PROXIES: '10.0.0.0/8, ::1',
  });
  expect(config).toMatchObject({ publicUrl: 'https://portal.example.de', trustedProxies: ['10.0.0.0/8', '::1'] });
});
