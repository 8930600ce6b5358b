import { expect, test } from 'vitest';
import { type DeviceContact, lastSeenOf, stateOfDevice } from './device-state.ts';

const now = Date.UTC(2026, 10, 23, 13);
const at = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString();
const contact: DeviceContact = {
  id: '019abc00-0000-7000-8000-000000000001',
  lastContactAt: at(1),
  appVersion: '0.1.0',
  revokedAt: null,
  suspendedAt: null,
  destroyAskedAt: null,
  destroyToldAt: null,
};
const row = { revokedAt: null };

test('a device is connected as long as it makes contact', () => {
  expect(stateOfDevice(row, contact, now)).toBe('connected');
  expect(stateOfDevice(row, { ...contact, lastContactAt: at(4) }, now)).toBe('away');
  expect(stateOfDevice(row, { ...contact, lastContactAt: null }, now)).toBe('away');
  // A viewer whose clock is a little ahead.
  expect(stateOfDevice(row, { ...contact, lastContactAt: at(-1) }, now)).toBe('connected');
});

test('without the viewer nobody claims to know', () => {
  expect(stateOfDevice(row, undefined, now)).toBe('unknown');
  expect(stateOfDevice({ revokedAt: at(10) }, undefined, now)).toBe('revoked');
});

test('what ends a device comes before what it does, the strongest first', () => {
  expect(stateOfDevice(row, { ...contact, suspendedAt: at(5) }, now)).toBe('suspended');
  expect(stateOfDevice(row, { ...contact, suspendedAt: at(5), revokedAt: at(4) }, now)).toBe('revoked');
  const asked = { ...contact, revokedAt: at(4), destroyAskedAt: at(3) };
  expect(stateOfDevice({ revokedAt: at(4) }, asked, now)).toBe('destroying');
  expect(stateOfDevice({ revokedAt: at(4) }, { ...asked, destroyToldAt: at(1) }, now)).toBe('destroyed');
});

test('the later contact counts', () => {
  expect(lastSeenOf({ lastContactAt: at(60) }, contact)).toBe(at(1));
  expect(lastSeenOf({ lastContactAt: at(0) }, contact)).toBe(at(0));
  expect(lastSeenOf({ lastContactAt: at(60) }, undefined)).toBe(at(60));
  expect(lastSeenOf({ lastContactAt: null }, undefined)).toBeNull();
});
