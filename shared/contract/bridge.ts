import type { Envelope } from '../lib/errors.ts';
import type { EventMessage } from './events.ts';
import type { DeskOperationName } from './registry.ts';

/**
 * What a window of the desk talks through: the preload puts it at `window.desk` in Electron, the renderer makes the same
 * from fetch and server-sent events in the browser host.
 */
export interface DeskBridge {
  readonly host: 'electron' | 'browser';
  /** Never rejects; a lost service answers `internal`. */
  readonly call: (operation: DeskOperationName, input: unknown) => Promise<Envelope<unknown>>;
  /** Returns the function that ends the subscription. */
  readonly on: (listener: (message: EventMessage) => void) => () => void;
}

/** A call on the port between window and service. `input` is JSON text, so that its size is known before it is read. */
export interface PortCall {
  readonly id: number;
  readonly operation: string;
  readonly input: string;
}

/** What the service sends a window: the answer to a call, or an event. */
export type PortMessage = { readonly id: number; readonly envelope: Envelope<unknown> } | EventMessage;

/** Origin of the desk's page in Electron. */
export const pageOrigin = 'app://desk';

/** The only two channels between preload and main: the window asks, main hands over the port. */
export const portChannels = { ask: 'desk:connect', hand: 'desk:port' } as const;
