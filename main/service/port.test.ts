import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { PortMessage } from '../../shared/contract/bridge.ts';
import type { DeskLog } from './context.ts';
import { openPorts } from './port.ts';
import { refusingService } from './service.ts';

/** A window's end of the channel. */
class Window extends EventEmitter {
  readonly heard: PortMessage[] = [];
  readonly postMessage = (message: PortMessage) => void this.heard.push(message);
  readonly start = () => {};
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function open() {
  const lines: string[] = [];
  const note = (_facts: Readonly<Record<string, unknown>>, message: string) => void lines.push(message);
  const log: DeskLog = { info: note, warn: note, error: note };
  const calls: unknown[] = [];
  const service = {
    ...refusingService({ code: 'offline', details: {} }),
    callText: async (name: string, input: string) => {
      calls.push([name, input]);
      return { ok: name };
    },
  };
  return { lines, calls, ports: openPorts(async () => service, log) };
}

test('a call is answered to the window that asked, an event goes to all', async () => {
  const { ports, calls } = open();
  const [one, two] = [new Window(), new Window()];
  ports.add(one);
  ports.add(two);
  one.emit('message', { data: { id: 7, operation: 'settings.state', input: '{}' } });
  await settled();
  ports.broadcast({ event: 'changed', payload: { entities: ['person'] } });
  expect(calls).toEqual([['settings.state', '{}']]);
  expect(one.heard).toEqual([
    { id: 7, envelope: { ok: 'settings.state' } },
    { event: 'changed', payload: { entities: ['person'] } },
  ]);
  expect(two.heard).toEqual([{ event: 'changed', payload: { entities: ['person'] } }]);
});

test('a window that is gone hears nothing, also not the answer to its last call', async () => {
  const { ports, calls } = open();
  const window = new Window();
  ports.add(window);
  window.emit('message', { data: { id: 1, operation: 'settings.state', input: '{}' } });
  window.emit('close');
  await settled();
  ports.broadcast({ event: 'restarted', payload: {} });
  expect(calls).toHaveLength(1);
  expect(window.heard).toEqual([]);
});

test.each([
  [null],
  ['settings.state'],
  [{ operation: 'settings.state', input: '{}' }],
  [{ id: 'x', operation: 'settings.state', input: '{}' }],
])('%j is no call: a line in the log, and nobody to answer', async (data) => {
  const { ports, calls, lines } = open();
  const window = new Window();
  ports.add(window);
  window.emit('message', { data });
  await settled();
  expect([calls, window.heard, lines]).toEqual([[], [], ['malformed call']]);
});

test.each([
  [{ id: 3, operation: 5, input: '{}' }],
  [{ id: 3, operation: 'settings.state', input: {} }],
  [{ id: 3, operation: 'x'.repeat(201), input: '{}' }],
  [{ id: 3, operation: 'settings.state', input: '{}', as: 'manager' }],
])('a call that is not well formed gets an error code', async (data) => {
  const { ports, calls, lines } = open();
  const window = new Window();
  ports.add(window);
  window.emit('message', { data });
  await settled();
  expect(calls).toEqual([]);
  expect(window.heard).toEqual([{ id: 3, envelope: { error: { code: 'invalid-input', details: {} } } }]);
  expect(lines).toEqual(['malformed call']);
});
