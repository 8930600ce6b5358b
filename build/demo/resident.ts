import { v7 } from 'uuid';
import { type Client, createClient } from '../../shared/contract/client.ts';
import { httpRequest } from '../../shared/contract/http.ts';
import { findOperation, type HttpOperationName } from '../../shared/contract/registry.ts';

/** A message as a resident writes it. */
export interface Letter {
  readonly topic: string;
  readonly subject: string;
  readonly body: string;
  readonly photo?: { readonly fileName: string; readonly content: Buffer };
}

/** A resident of one property in the portal, with a session of their own. */
export interface Resident {
  readonly personNumber: string;
  readonly call: Client<HttpOperationName>;
  /** Opens an activity; resolves with its id. */
  readonly write: (letter: Letter) => Promise<string>;
  readonly reply: (activityId: string, body: string) => Promise<void>;
}

/** What a resident registers with. */
export interface Registration {
  readonly portal: string;
  /** Of the invitation's link. */
  readonly token: string;
  readonly password: string;
  readonly personNumber: string;
}

/** Registers from an invitation and stays signed in. */
export async function register({ portal, token, password, personNumber }: Registration): Promise<Resident> {
  const cookies = new Map<string, string>();
  const request = async (path: string, init: RequestInit & { readonly headers: Record<string, string> }) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, origin: portal, ...(cookie && { cookie }) };
    const response = await fetch(`${portal}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response.json();
  };
  const call = createClient<HttpOperationName>((name, input) => {
    const { method, path, body } = httpRequest(findOperation(name) ?? {}, input as Readonly<Record<string, unknown>>);
    return request(path, { method, headers: body === null ? {} : { 'content-type': 'application/json' }, body });
  });
  await call('accounts.accept', { token, password, showInDirectory: true, language: 'de' });
  const [place] = await call('properties.mine', {});
  if (!place) throw new Error(`Person ${personNumber} sees no property after registering.`);
  const at = { organisationId: place.organisationId, propertyId: place.id };

  const upload = async (photo: Letter['photo']): Promise<string[]> => {
    if (!photo) return [];
    const envelope = await request(`/api/portal/organisations/${at.organisationId}/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(photo.fileName) },
      body: new Uint8Array(photo.content),
    });
    if (!('ok' in envelope)) throw new Error(`The photo was not taken: ${envelope.error.code}`);
    return [envelope.ok.uploadId];
  };

  return {
    personNumber,
    call,
    write: async ({ topic, subject, body, photo }) => {
      const topics = await call('activities.topics', at);
      const topicId = topics.find(({ name }) => name === topic)?.id ?? null;
      const activityId = v7();
      const ids = { activityId, entryId: v7(), unitId: place.units[0]?.id ?? null, topicId };
      await call('activities.open', { ...at, ...ids, subject, body, uploadIds: await upload(photo) });
      return activityId;
    },
    reply: async (activityId, body) => {
      const { organisationId } = at;
      await call('activities.reply', { organisationId, activityId, entryId: v7(), body, uploadIds: [] });
    },
  };
}
