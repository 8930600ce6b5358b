import { ipcMain, MessageChannelMain, type WebFrameMain } from 'electron';
import { portChannels } from '../../shared/contract/bridge.ts';
import type { DeskLog } from '../service/context.ts';

/** What the broker needs of the rest of Electron's main. */
export interface BrokerOptions {
  /** The main frame of the desk's own window; null while there is none. */
  readonly ownFrame: () => WebFrameMain | null;
  /** Origin of the desk's own page. */
  readonly origin: string;
  /** Gives the service its end of a window's port. */
  readonly toService: (port: Electron.MessagePortMain) => void;
  readonly log: DeskLog;
}

/** Hands windows their port to the service. */
export interface Broker {
  /** Hands a new port to the window, after the service was started anew. */
  readonly reconnect: () => void;
}

/**
 * The only user of `ipcMain`: a window asks once for its port and gets it if it is the main frame of our own window on
 * our own page. Everything else travels on that port, past main.
 */
export function startBroker(options: BrokerOptions): Broker {
  /** Only a page that asked has a preload that listens. */
  let asked: FrameName | null = null;

  const hand = (frame: WebFrameMain, restarted: boolean) => {
    const { port1, port2 } = new MessageChannelMain();
    options.toService(port2);
    frame.postMessage(portChannels.hand, restarted, [port1]);
  };

  ipcMain.on(portChannels.ask, (event) => {
    const frame = event.senderFrame;
    if (frame === null || !isOwn(frame, options)) {
      options.log.warn({ code: 'forbidden-sender' }, 'port refused');
      return;
    }
    asked = { processId: frame.processId, routingId: frame.routingId };
    hand(frame, false);
  });

  return {
    reconnect: () => {
      const frame = options.ownFrame();
      if (frame !== null && asked !== null && sameFrame(frame, asked)) hand(frame, true);
    },
  };
}

function isOwn(frame: WebFrameMain, options: BrokerOptions): boolean {
  const own = options.ownFrame();
  return own !== null && sameFrame(frame, own) && frame.parent === null && frame.origin === options.origin;
}

/** How a frame is known; the frame itself must not be touched once it is gone. */
type FrameName = Pick<WebFrameMain, 'processId' | 'routingId'>;

function sameFrame(a: FrameName, b: FrameName): boolean {
  return a.processId === b.processId && a.routingId === b.routingId;
}
