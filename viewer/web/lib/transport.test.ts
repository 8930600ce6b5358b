import { describe, expect, it } from 'vitest';
import { readEnvelope, sendOverHttp } from './transport.ts';

const place = {
  organisationId: '00000000-0000-4000-8000-000000000001',
  propertyId: '00000000-0000-4000-8000-000000000107',
};

function answering(text: string, status = 200) {
  const asked: { path: string; init: RequestInit }[] = [];
  const fetcher = async (path: string, init: RequestInit) => {
    asked.push({ path, init });
    return new Response(text, { status });
  };
  return { asked, fetcher };
}

describe('sendOverHttp', () => {
  it('asks where the contract says, with the session and without a cache', async () => {
    const { asked, fetcher } = answering('{"ok":{"notices":[]}}');
    expect(await sendOverHttp('notices.board', place, fetcher)).toEqual({ ok: { notices: [] } });
    expect(asked[0]?.path).toBe(
      `/api/portal/organisations/${place.organisationId}/properties/${place.propertyId}/notices`,
    );
    expect(asked[0]?.init).toMatchObject({ method: 'GET', credentials: 'same-origin', cache: 'no-store' });
    expect(asked[0]?.init.body).toBeUndefined();
  });

  it('sends what is not in the path as JSON', async () => {
    const { asked, fetcher } = answering('{"ok":{}}');
    await sendOverHttp('accounts.reset', { token: 'ä/ö', password: 'x' }, fetcher);
    expect(asked[0]?.init).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"token":"ä/ö","password":"x"}',
    });
  });

  it('says that nobody answered instead of throwing', async () => {
    const refuse = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await sendOverHttp('accounts.session', {}, refuse)).toEqual({
      error: { code: 'viewer-unreachable', details: {} },
    });
  });
});

describe('readEnvelope', () => {
  it('hands on errors with their details', () => {
    const text = '{"error":{"code":"too-many-requests","details":{"seconds":30}}}';
    expect(readEnvelope(text, 429)).toEqual({ error: { code: 'too-many-requests', details: { seconds: 30 } } });
  });

  it.each([
    ['<html>Bad gateway</html>', 502, 'viewer-unreachable'],
    ['', 500, 'internal'],
    ['', 200, 'internal'],
    ['null', 401, 'not-signed-in'],
    ['[]', 404, 'not-found'],
    ['{"error":{"code":"made-up","details":{}}}', 413, 'too-large'],
    ['{"error":"not-found"}', 429, 'too-many-requests'],
    ['{"error":{"code":"conflict","details":null}}', 500, 'internal'],
  ])('makes a code of %j with status %i', (text, status, code) => {
    expect(readEnvelope(text, status)).toEqual({ error: { code, details: {} } });
  });
});
