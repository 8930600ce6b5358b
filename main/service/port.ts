import { z } from 'zod';
import type { PortMessage } from '../../shared/contract/bridge.ts';
import { failure } from '../../shared/contract/dispatch.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import type { DeskLog } from './context.ts';
import type { DeskService } from './service.ts';

/** One end of a channel to a window, as Electron's utility process has it. */
export interface ServicePort {
  readonly postMessage: (message: PortMessage) => void;
  readonly on: {
    (event: 'close', listener: () => void): unknown;
    (event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  };
  readonly start: () => void;
}

/** The windows that are connected. */
export interface PortList {
  /** Answers the calls of a window until it is gone. */
  readonly add: (port: ServicePort) => void;
  readonly broadcast: (message: EventMessage) => void;
}

const portCall = z.strictObject({ id: z.int(), operation: z.string().max(200), input: z.string() });

/** Serves calls that arrive on ports. `service` may still be starting: calls wait for it. */
export function openPorts(service: () => Promise<DeskService>, log: DeskLog): PortList {
  const ports = new Set<ServicePort>();

  const answer = async (port: ServicePort, data: unknown) => {
    const parsed = portCall.safeParse(data);
    if (!parsed.success) {
      log.warn({ code: 'invalid-input' }, 'malformed call');
      const id = z.object({ id: z.int() }).safeParse(data).data?.id;
      if (id !== undefined) port.postMessage({ id, envelope: failure(new OperationError('invalid-input')) });
      return;
    }
    const { id, operation, input } = parsed.data;
    const envelope = await (await service()).callText(operation, input);
    if (ports.has(port)) port.postMessage({ id, envelope });
  };

  return {
    add: (port) => {
      ports.add(port);
      port.on('close', () => ports.delete(port));
      port.on('message', ({ data }) => {
        answer(port, data).catch((error: unknown) => log.error({ err: error }, 'answer failed'));
      });
      port.start();
    },
    broadcast: (message) => {
      for (const port of ports) port.postMessage(message);
    },
  };
}
