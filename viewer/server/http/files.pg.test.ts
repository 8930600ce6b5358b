import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blobId, maxFileBytes } from '../../../shared/features/files/model.ts';
import type { Envelope } from '../../../shared/lib/errors.ts';
import { idOf, row } from '../../../tests/access/rows.ts';
import { anonymous, okOf, startWorld, type Visit, verdict, type World } from '../../../tests/access/world.ts';
import { blobTable } from '../features/files/table.ts';
import { disposition } from './files.ts';

const org = idOf('company');
const house = idOf('house');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let world: World;
let anna: Visit;
beforeAll(async () => {
  world = await startWorld();
  await world.found(org, [
    { ...row('organisation', 'company'), id: org } as never,
    row('property', 'house'),
    row('person', 'anna'),
    row('membership', 'membership', { personId: idOf('anna'), propertyId: house }),
    row('account', 'account', { personId: idOf('anna'), loginEmail: 'anna@example.org' }),
    row('notice', 'notice', { propertyId: house, audienceGroups: ['tenant'] }),
  ]);
  anna = await world.login('anna@example.org', [{ organisationId: org, accountId: idOf('account') }]);
}, 120_000);
afterAll(() => world.stop());

const uploads = (organisationId = org) => `/api/portal/organisations/${organisationId}/uploads`;

function upload(name: string, body: BodyInit, visit = anna, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${world.url}${uploads()}`, {
    method: 'POST',
    headers: {
      ...visit.headers,
      origin: world.url,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
      ...headers,
    },
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  } as RequestInit);
}

/** Bytes as a browser streams them: without a length said before. */
function stream(megabytes: number): ReadableStream<Uint8Array> {
  let left = megabytes;
  return new ReadableStream({
    pull: (controller) => {
      if (left === 0) controller.close();
      else controller.enqueue(new Uint8Array(1024 * 1024).fill(65));
      left -= 1;
    },
  });
}

describe('a resident uploads', () => {
  test('a photo: it is hashed, kept, and every desk learns of it once', async () => {
    const answer = await okOf<{ uploadId: string; sha256: string }>(await upload('Küche.png', png));
    expect(answer).toMatchObject({ fileName: 'Küche.png', mediaType: 'image/png', size: png.length });
    expect(await world.running.viewer.blobs.has(org, answer.sha256)).toBe(true);
    const again = await okOf<{ uploadId: string }>(await upload('noch einmal.png', png));
    expect(again.uploadId).not.toBe(answer.uploadId);
    const blobs = await world.running.viewer.company(org, ({ tx }) =>
      tx.select().from(blobTable).where(eq(blobTable.sha256, answer.sha256)),
    );
    expect(blobs).toMatchObject([{ id: blobId(answer.sha256), size: png.length, mediaType: 'image/png' }]);
  });

  test.each([
    ['nothing', 'leer.pdf', '', 'file-empty'],
    ['a page that calls itself a photo', 'foto.jpg', '<html><script>alert(1)</script>', 'file-content-mismatch'],
    [
      'a program that calls itself a PDF',
      'rechnung.pdf',
      Buffer.from('MZ\u0090\u0000', 'latin1'),
      'file-content-mismatch',
    ],
    [
      'a drawing that runs scripts, as text',
      'plan.txt',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
      'file-content-mismatch',
    ],
    ['a PNG named JPG', 'foto.jpg', png, 'file-content-mismatch'],
    ['a program', 'setup.exe', 'MZ', 'file-type-not-allowed'],
    ['a page', 'seite.html', '<p>', 'file-type-not-allowed'],
    ['a drawing', 'plan.svg', '<svg/>', 'file-type-not-allowed'],
    ['a file with two endings', 'brief.pdf.exe', '%PDF-1.7', 'file-type-not-allowed'],
    ['a file without an ending', 'brief', '%PDF-1.7', 'file-type-not-allowed'],
    ['a name with a control character', 'a\u0007.txt', 'x', 'file-name-invalid'],
    ['a name that turns the reading direction', 'rechnung\u202efdp.txt', 'x', 'file-name-invalid'],
    ['no name', '', 'x', 'file-name-invalid'],
    ['a name of dots', '..', 'x', 'file-name-invalid'],
  ])('%s: refused', async (_title, name, content, code) => {
    expect(await verdict(await upload(name, content))).toBe(code);
  });

  test('a name with a path keeps its last part; what Windows forbids is replaced', async () => {
    const fileName = async (name: string) => (await okOf<{ fileName: string }>(await upload(name, 'x'))).fileName;
    expect(await fileName('../../etc/passwd.txt')).toBe('passwd.txt');
    expect(await fileName('C:\\Users\\Anna\\brief.txt')).toBe('brief.txt');
    expect(await fileName('a<b>:"c".txt')).toBe('a_b___c_.txt');
    expect(await fileName('CON.txt')).toBe('_CON.txt');
  });

  test('a name that is not encoded properly is refused', async () => {
    expect(await verdict(await upload('x', 'x', anna, { 'x-file-name': '%E0%A4%A' }))).toBe('file-name-invalid');
  });

  test('only as bytes: another kind of body, or none at all, is refused', async () => {
    expect(await verdict(await upload('a.txt', '{}', anna, { 'content-type': 'application/json' }))).toBe(
      'invalid-input',
    );
    expect(await verdict(await upload('a.txt', 'x', anna, { 'content-type': 'image/png' }))).toBe('invalid-input');
    const { port } = new URL(world.url);
    const headers = { ...anna.headers, origin: world.url, 'x-file-name': 'a.txt' };
    const bare = await new Promise<string>((resolve, reject) => {
      const lines = Object.entries({ host: 'x', ...headers, connection: 'close' }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`POST ${uploads()} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += String(chunk);
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(bare).toContain('file-empty');
  });

  test('more than is allowed: said with the limit, whether the length was announced or not', async () => {
    const response = await upload('gross.txt', stream(maxFileBytes / 1024 / 1024 + 1));
    const answer = (await response.json()) as Envelope<never>;
    expect(answer).toEqual({ error: { code: 'file-too-large', details: { name: 'gross.txt', limit: maxFileBytes } } });
    expect(await announced(2 * 1024 ** 3)).toContain('file-too-large');
  });

  test('only with a session, from our own pages, into a company of theirs', async () => {
    expect(await verdict(await upload('a.txt', 'x', anonymous))).toBe('not-signed-in');
    expect(await verdict(await upload('a.txt', 'x', anna, { origin: 'https://evil.example' }))).toBe(
      'forbidden-sender',
    );
    for (const organisationId of [randomUUID(), 'x']) {
      const response = await fetch(`${world.url}${uploads(organisationId)}`, {
        method: 'POST',
        headers: {
          ...anna.headers,
          origin: world.url,
          'content-type': 'application/octet-stream',
          'x-file-name': 'a.txt',
        },
        body: 'x',
      });
      expect(await verdict(response)).toBe('not-found');
    }
  });

  test('as many files as two messages hold; those of yesterday are given up', async () => {
    await world.running.viewer.company(org, ({ tx }) => tx.execute('delete from resident_upload'));
    for (let index = 0; index < 40; index += 1) expect(await verdict(await upload(`${index}.txt`, 'x'))).toBe('ok');
    world.clock.now += 3600_000;
    const refused = (await (await upload('zuviel.txt', 'x')).json()) as Envelope<never>;
    expect(refused).toEqual({ error: { code: 'too-many-requests', details: { seconds: 23 * 3600 } } });
    world.clock.now += 25 * 3600_000;
    expect(await verdict(await upload('morgen.txt', 'x'))).toBe('ok');
  });

  test('no more of them where many come at the same moment', async () => {
    await world.running.viewer.company(org, ({ tx }) => tx.execute('delete from resident_upload'));
    const many = Array.from({ length: 60 }, async (_, index) => verdict(await upload(`${index}.txt`, `all ${index}`)));
    const verdicts = await Promise.all(many);
    expect(verdicts.filter((one) => one === 'ok')).toHaveLength(40);
    expect(new Set(verdicts)).toEqual(new Set(['ok', 'too-many-requests']));
  });
});

/** Announces a length and sends nothing of it. */
function announced(size: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${world.url}${uploads()}`, {
      method: 'POST',
      headers: {
        ...anna.headers,
        origin: world.url,
        'content-type': 'application/octet-stream',
        'content-length': size,
        'x-file-name': 'gross.txt',
      },
    });
    request.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      request.destroy();
      resolve(text);
    });
    request.on('error', reject);
    request.write('x');
  });
}

describe('a resident downloads', () => {
  async function attached(fileName: string, content: string | Buffer): Promise<string> {
    const key = randomUUID();
    const file = await world.keep(org, fileName, content);
    await world.write(org, [
      row('attachment', key, { ...file, parent: 'notice', parentId: idOf('notice'), mediaType: 'text/html' }),
    ]);
    return `/api/portal/files/${org}/${idOf(key)}`;
  }

  test('as an attachment, under its own name, never sniffed, never run', async () => {
    const response = await world.request(anna, 'GET', await attached('Hausordnung (neu) – Ährenweg.pdf', '%PDF-1.7'));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'content-disposition': `attachment; filename="Hausordnung (neu) _ Ahrenweg.pdf"; filename*=UTF-8''Hausordnung%20%28neu%29%20%E2%80%93%20%C3%84hrenweg.pdf`,
    });
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  test('shown in place only where a browser shows it without running it', async () => {
    const shown = async (fileName: string) => {
      const response = await world.request(anna, 'GET', `${await attached(fileName, fileName)}?inline=1`);
      return [response.headers.get('content-disposition')?.split(';')[0], response.headers.get('content-type')];
    };
    expect(await shown('a.pdf')).toEqual(['inline', 'application/pdf']);
    expect(await shown('a.jpg')).toEqual(['inline', 'image/jpeg']);
    expect(await shown('a.webp')).toEqual(['inline', 'image/webp']);
    expect(await shown('a.xml')).toEqual(['attachment', 'application/xml']);
    expect(await shown('a.txt')).toEqual(['attachment', 'text/plain']);
    // A desk of another version may keep kinds that this viewer does not know.
    expect(await shown('a.html')).toEqual(['attachment', 'application/octet-stream']);
    expect(await shown('a.svg')).toEqual(['attachment', 'application/octet-stream']);
  });

  test('unchanged bytes are not sent again, but the right to them is asked for again', async () => {
    const path = await attached('a.txt', 'etag');
    const first = await world.request(anna, 'GET', path);
    const etag = first.headers.get('etag') ?? '';
    const headers = { ...anna.headers, 'if-none-match': etag };
    expect((await world.request({ headers }, 'GET', path)).status).toBe(304);
    expect((await world.request({ headers: { 'if-none-match': etag } }, 'GET', path)).status).toBe(401);
    expect((await world.request({ headers: { ...headers, 'if-none-match': '"x"' } }, 'GET', path)).status).toBe(200);
    await world.write(org, [{ entity: 'property', id: house, set: { online: false } }]);
    expect((await world.request({ headers }, 'GET', path)).status).toBe(404);
    await world.write(org, [{ entity: 'property', id: house, set: { online: true } }]);
  });
});

test('file names reach every browser, and no header can be broken out of', () => {
  expect(disposition('attachment', "it's 100% (neu)*.pdf")).toBe(
    `attachment; filename="it's 100_ (neu)*.pdf"; filename*=UTF-8''it%27s%20100%25%20%28neu%29%2A.pdf`,
  );
  expect(disposition('inline', 'a\r\nset-cookie: x".pdf')).toBe(
    `inline; filename="a__set-cookie: x_.pdf"; filename*=UTF-8''a%0D%0Aset-cookie%3A%20x%22.pdf`,
  );
});
