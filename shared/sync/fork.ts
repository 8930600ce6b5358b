import { z } from 'zod';
import { id } from '../lib/schemas.ts';

/**
 * A copied or restored database asks, under the device it was, to be one of its own. The wish and the token are made
 * and kept by the desk before it asks, and the viewer keeps the token's hash alone: asked again after a lost answer,
 * it is the same device.
 */
export const forkRequest = z.strictObject({
  protocol: z.int().min(1),
  forkId: id,
  /** SHA-256 of the new token, hex. */
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export const forkResponse = z.strictObject({
  epoch: id,
  head: z.int().min(0),
  deviceId: id,
  /** Such as "Büro-PC (Kopie)". */
  deviceName: z.string(),
});
