import type { DeskBridge } from '../../shared/contract/bridge.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import type { Envelope } from '../../shared/lib/errors.ts';
import { setLink } from './link.ts';

const lost: Envelope<never> = { error: { code: 'internal', details: {} } };

async function post(operation: string, input: unknown): Promise<Envelope<unknown>> {
  try {
    const response = await fetch('/call', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operation, input }),
    });
    if (response.status === 401) setLink('expired');
    return (await response.json()) as Envelope<unknown>;
  } catch {
    // The transport answers envelopes and never rejects: the service is gone, and the banner says so.
    setLink('lost');
    return lost;
  }
}

/** The bridge of the browser host: calls by fetch, events by server-sent events of the same origin. */
export function createBrowserBridge(onReconnect: () => void): DeskBridge {
  const listeners = new Set<(message: EventMessage) => void>();
  const source = new EventSource('/events');
  let opened = false;
  source.addEventListener('open', () => {
    setLink('open');
    if (opened) onReconnect();
    opened = true;
  });
  source.addEventListener('error', () => setLink('lost'));
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const message = JSON.parse(event.data) as EventMessage;
    for (const listener of listeners) listener(message);
  });
  return {
    host: 'browser',
    call: post,
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
