import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type DeskPlace, deskPlace } from '../../main/service/place.ts';
import { type DeskService, startDeskService } from '../../main/service/service.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';
import type { TestViewer } from './viewer.ts';

/** The key of every desk in an office: what one wrote, the other can open. */
export const officeKey = Buffer.alloc(32, 7);

/** A whole desk on real files, in step with a real viewer. */
export interface OfficeDesk {
  readonly call: Client<DeskOperationName>;
  readonly stop: () => Promise<void>;
  /** Writes a row: a company by that name. */
  readonly add: (name: string) => Promise<unknown>;
  /** Rounds until the desk is confirmed: one may end because it learned to be a copy. */
  readonly sync: () => Promise<void>;
  /** The names that `add` gave, here and elsewhere, sorted. */
  readonly names: () => Promise<readonly string[]>;
}

/** Data folders of desks, side by side. */
export interface Office {
  readonly folder: string;
  readonly place: (name: string) => DeskPlace;
  readonly open: (name: string) => Promise<OfficeDesk>;
  /** Opens a desk, founds a company and pairs it as "Büro-PC". */
  readonly found: (name: string) => Promise<OfficeDesk>;
  readonly close: () => Promise<void>;
}

/** Makes an empty office. */
export async function openOffice(viewer: TestViewer): Promise<Office> {
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-office-'));
  const running = new Set<DeskService>();
  const place = (name: string) => deskPlace(join(folder, name));
  const nothing = () => undefined;

  const open = async (name: string): Promise<OfficeDesk> => {
    const service = await startDeskService({
      ...place(name),
      key: officeKey,
      shell: {
        host: 'browser',
        keyProtection: 'file',
        notify: nothing,
        openExternal: nothing,
        destroyKey: async () => undefined,
      },
      log: { info: nothing, warn: nothing, error: nothing },
    });
    running.add(service);
    const call = createClient<DeskOperationName>((operation, input) =>
      service.callText(operation, JSON.stringify(input)),
    );
    const confirmed = async () => {
      const { connection, pendingChanges, lastError } = await call('sync.now', {});
      return { connection, pendingChanges, lastError };
    };
    return {
      call,
      stop: async () => {
        running.delete(service);
        await service.stop();
      },
      add: (company) => call('people.save', { fields: { company } }),
      sync: () =>
        expect
          .poll(confirmed, { timeout: 20_000 })
          .toEqual({ connection: 'online', pendingChanges: 0, lastError: null }),
      names: async () => (await call('people.list', { limit: 500 })).rows.map((row) => row.name).sort(),
    };
  };

  return {
    folder,
    place,
    open,
    found: async (name) => {
      const desk = await open(name);
      await desk.call('settings.createOrganisation', {
        name: 'Verwaltung',
        staff: { name: 'Petra', email: 'p@example.org' },
      });
      const { code } = await createPairingCode(viewer.viewer, null);
      await desk.call('sync.connect', { url: viewer.url, code, deviceName: 'Büro-PC' });
      await desk.sync();
      return desk;
    },
    close: async () => {
      for (const service of running) await service.stop();
      await rm(folder, { recursive: true });
    },
  };
}
