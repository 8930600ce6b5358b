import { contextBridge, ipcRenderer } from 'electron';
import {
  type DeskBridge,
  type PortCall,
  type PortMessage,
  pageOrigin,
  portChannels,
} from '../shared/contract/bridge.ts';
import type { EventMessage } from '../shared/contract/events.ts';
import { deskOperationNames } from '../shared/contract/registry.ts';
import type { Envelope } from '../shared/lib/errors.ts';

/**
 * The one bridge between page and service: it lets declared operations through to the port that main hands over, and
 * events back. The page gets neither the port nor Electron.
 */
const declared: ReadonlySet<string> = new Set(deskOperationNames);
const listeners = new Set<(message: EventMessage) => void>();
const waiting = new Map<number, (envelope: Envelope<unknown>) => void>();
/** Calls made while there is no port: at the start, and while a lost service is started anew. */
const unsent: PortCall[] = [];
let port: MessagePort | null = null;
let lastId = 0;

const failed = (code: 'internal' | 'invalid-input' | 'unknown-operation'): Envelope<never> => ({
  error: { code, details: {} },
});

function call(operation: unknown, input: unknown): Promise<Envelope<unknown>> {
  if (typeof operation !== 'string' || !declared.has(operation)) return Promise.resolve(failed('unknown-operation'));
  const text = jsonText(input);
  if (text === null) return Promise.resolve(failed('invalid-input'));
  lastId += 1;
  const message: PortCall = { id: lastId, operation, input: text };
  return new Promise((resolve) => {
    waiting.set(message.id, resolve);
    if (port === null) unsent.push(message);
    else port.postMessage(message);
  });
}

function jsonText(input: unknown): string | null {
  try {
    return JSON.stringify(input) ?? null;
  } catch {
    return null;
  }
}

function take(message: PortMessage): void {
  if ('event' in message) {
    for (const listener of listeners) listener(message);
    return;
  }
  waiting.get(message.id)?.(message.envelope);
  waiting.delete(message.id);
}

/** What was under way on a lost port may or may not have been done: the page is told, and reads again. */
function giveUpSent(): void {
  const still = new Set(unsent.map((message) => message.id));
  for (const [id, resolve] of waiting) {
    if (still.has(id)) continue;
    waiting.delete(id);
    resolve(failed('internal'));
  }
}

function lose(lost: MessagePort): void {
  if (port !== lost) return;
  port = null;
  giveUpSent();
}

ipcRenderer.on(portChannels.hand, (event, restarted: boolean) => {
  const [handed] = event.ports;
  if (handed === undefined) return;
  if (port !== null) lose(port);
  port = handed;
  handed.onmessage = ({ data }: MessageEvent<PortMessage>) => take(data);
  handed.addEventListener('close', () => lose(handed));
  for (const message of unsent.splice(0)) handed.postMessage(message);
  if (restarted) take({ event: 'restarted', payload: {} });
});

const bridge: DeskBridge = {
  host: 'electron',
  call,
  on: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('desk', bridge);
// The empty document that stands in a window before its page is not the page.
if (location.origin === pageOrigin) ipcRenderer.send(portChannels.ask);
