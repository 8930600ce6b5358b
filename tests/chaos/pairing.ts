import { openConnections } from '../../viewer/server/db/pool.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';

/** A code with which a viewer on this database adopts a new company, as `npm run viewer -- pairing-code` makes it. */
export async function pairingCode(databaseUrl: string): Promise<string> {
  const connections = await openConnections(databaseUrl, () => undefined);
  try {
    return (await createPairingCode({ global: connections.db, now: Date.now }, null)).code;
  } finally {
    await connections.close();
  }
}
