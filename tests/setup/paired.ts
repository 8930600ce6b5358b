import { v7 } from 'uuid';
import type { Change, Changeset } from '../../shared/sync/changes.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import { changeFromEdit, type Edit } from '../../shared/sync/edit.ts';
import { entities } from '../../shared/sync/entities.ts';
import { protocolVersion, type Verdict } from '../../shared/sync/protocol.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import type { TestViewer } from './viewer.ts';

/** A device that is paired over HTTP and counts its changesets as a desk does. */
export interface PairedDevice {
  readonly organisationId: string;
  readonly staffId: string;
  readonly deviceId: string;
  readonly token: string;
  readonly call: ReturnType<TestViewer['asDevice']>;
  /** One changeset of new rows. `seq` is the next one unless told. */
  readonly changeset: (edits: readonly Edit[], seq?: number) => Changeset;
  readonly push: (...changesets: readonly Changeset[]) => Promise<readonly Verdict['verdict'][]>;
}

/** Pairs a desk: with a code for a member of staff, or as the first one of a company of its own. */
export async function pairDevice(
  viewer: TestViewer,
  owner: { readonly organisationId: string; readonly staffId: string } | null,
  deviceName = 'Büro-PC',
): Promise<PairedDevice> {
  const { code } = await createPairingCode(viewer.viewer, owner);
  const paired = await viewer.asDevice('')('sync.pair', {
    protocol: protocolVersion,
    code,
    deviceName,
    appVersion: '0.1.0',
    organisation: owner === null ? { id: v7(), name: 'Verwaltung', staffId: v7() } : null,
  });
  const { organisationId, staffId, deviceId, token } = paired;
  const call = viewer.asDevice(token);
  let last = 0;
  return {
    organisationId,
    staffId,
    deviceId,
    token,
    call,
    changeset: (edits, seq) => {
      last = seq ?? last + 1;
      const hlc = formatHlc(Date.now());
      const changes = edits.flatMap((edit): readonly Change[] => {
        const change = changeFromEdit(entities[edit.entity], null, edit, { id: v7(), hlc });
        return change === null ? [] : [change];
      });
      return { id: v7(), deviceSeq: last, staffId, importId: null, changes };
    },
    push: async (...changesets) => {
      const { verdicts } = await call('sync.push', { protocol: protocolVersion, changesets: [...changesets] });
      return verdicts.map((verdict) => verdict.verdict);
    },
  };
}

/** A company with its first desk, paired for a manager, and whom else it employs. */
export async function pairCompany(
  viewer: TestViewer,
): Promise<{ readonly manager: PairedDevice; readonly clerk: PairedDevice; readonly clerkId: string }> {
  const manager = await pairDevice(viewer, null);
  const clerkId = v7();
  await manager.push(
    manager.changeset([member(manager.staffId, 'Petra Verwalter', 'manager'), member(clerkId, 'Carl Sacher', 'clerk')]),
  );
  const clerk = await pairDevice(viewer, { organisationId: manager.organisationId, staffId: clerkId }, 'Laptop Carl');
  return { manager, clerk, clerkId };
}

/** A topic: a row that everybody may write. */
export function newTopic(name: string): Edit {
  return { entity: 'topic', id: v7(), set: { name, icon: null, offered: true, position: 1 } };
}

function member(id: string, name: string, role: 'manager' | 'clerk'): Edit {
  const email = `${role}@example.org`;
  return { entity: 'staff', id, set: { name, email, role, position: null, phone: null, photo: null, active: true } };
}
