import type { Output } from '../../shared/contract/registry.ts';
import type { Remote } from './remote.ts';

/** The company's devices at the viewer. Everything throws `not-possible-now` without one, `offline`, `viewer-unreachable`. */
export interface DeviceControl {
  readonly createPairingCode: (staffId: string) => Promise<{ readonly code: string; readonly expiresAt: string }>;
  readonly contacts: () => Promise<Output<'sync.contacts'>>;
  /** Throws `rejected-role`, `not-found`. */
  readonly rename: (id: string, name: string) => Promise<void>;
  /** `destroyKey`: the device also deletes its key and data. Throws `rejected-role`, `not-found`. */
  readonly revoke: (id: string, options: { readonly destroyKey: boolean }) => Promise<void>;
}

/**
 * @param remote the viewer, or why it cannot be asked
 * @param pulled a round, after which this desk knows what was changed at the viewer
 */
export function createDeviceControl(remote: () => Remote, pulled: () => Promise<unknown>): DeviceControl {
  return {
    createPairingCode: (staffId) => remote()('sync.createPairingCode', { staffId }),
    contacts: () => remote()('sync.deviceContacts', {}),
    rename: async (id, name) => {
      await remote()('sync.renameDevice', { id, name });
      await pulled();
    },
    revoke: async (id, { destroyKey }) => {
      await remote()(destroyKey ? 'sync.destroyDeviceKey' : 'sync.revokeDevice', { id });
      await pulled();
    },
  };
}
