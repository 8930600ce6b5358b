import type { Output } from '../../../shared/contract/registry.ts';
import type { Tone } from '../../../shared/ui/status-badge.tsx';

export type DeviceRow = Output<'sync.devices'>[number];
export type DeviceContact = Output<'sync.contacts'>['devices'][number];

export type DeviceState = 'connected' | 'away' | 'unknown' | 'suspended' | 'revoked' | 'destroying' | 'destroyed';

export const deviceTones: Readonly<Record<DeviceState, Tone>> = {
  connected: 'good',
  away: 'neutral',
  unknown: 'neutral',
  suspended: 'waiting',
  revoked: 'off',
  destroying: 'waiting',
  destroyed: 'off',
};

/** A desk that is online makes contact more often than this (milliseconds). */
const connectedFor = 3 * 60_000;

/**
 * What is true of a device now. `contact` is what the viewer says at this moment, undefined where it was not asked;
 * the row is what the last sync brought.
 * @param now milliseconds since 1970
 */
export function stateOfDevice(
  row: Pick<DeviceRow, 'revokedAt'>,
  contact: DeviceContact | undefined,
  now: number,
): DeviceState {
  if (contact?.destroyToldAt != null) return 'destroyed';
  if (contact?.destroyAskedAt != null) return 'destroying';
  if (row.revokedAt !== null || contact?.revokedAt != null) return 'revoked';
  if (contact === undefined) return 'unknown';
  if (contact.suspendedAt !== null) return 'suspended';
  const seen = contact.lastContactAt === null ? Number.NaN : Date.parse(contact.lastContactAt);
  return now - seen < connectedFor ? 'connected' : 'away';
}

/** The later of what the viewer says and what the row says. */
export function lastSeenOf(
  row: Pick<DeviceRow, 'lastContactAt'>,
  contact: Pick<DeviceContact, 'lastContactAt'> | undefined,
): string | null {
  const known = [row.lastContactAt, contact?.lastContactAt].filter((instant) => instant != null);
  return known.toSorted().at(-1) ?? null;
}
