import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { deskPlace } from '../../main/service/place.ts';
import { type DeskService, startDeskService } from '../../main/service/service.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { EventMessage } from '../../shared/contract/events.ts';
import type { DeskOperationName } from '../../shared/contract/registry.ts';
import type { StagedFile } from '../../shared/features/files/contract.ts';
import { blobId } from '../../shared/features/files/model.ts';
import { blobTable } from '../../viewer/server/features/files/table.ts';
import type { RunningViewer } from '../../viewer/server/index.ts';
import { createPairingCode } from '../../viewer/server/sync/pairing.ts';

type Call = Client<DeskOperationName>;

/** A desk that really syncs. */
export interface LiveDesk {
  readonly call: Call;
  /** Its data folder. */
  readonly folder: string;
  readonly events: readonly EventMessage[];
  readonly stop: () => Promise<void>;
}

/** Desks of one company, each on a folder of its own. */
export interface Desks {
  /** Opens a desk; a second time with the same name it is the same desk again. */
  readonly open: (name: string) => Promise<LiveDesk>;
  /** The first desk, with a company, connected. */
  readonly found: (url: string) => Promise<LiveDesk>;
  /** Another desk of the company. */
  readonly join: (name: string, url: string, first: LiveDesk) => Promise<LiveDesk>;
  /** A desk of a company that is there already. */
  readonly enter: (
    name: string,
    url: string,
    owner: { readonly organisationId: string; readonly staffId: string },
  ) => Promise<LiveDesk>;
  readonly stop: () => Promise<void>;
}

export async function openDesks(viewer: Pick<RunningViewer, 'viewer'>): Promise<Desks> {
  const folder = await mkdtemp(join(tmpdir(), 'treppenhaus-desks-'));
  const services: DeskService[] = [];
  const open = async (name: string): Promise<LiveDesk> => {
    const nothing = () => undefined;
    const place = deskPlace(join(folder, name));
    const service = await startDeskService({
      ...place,
      key: Buffer.alloc(32, 7),
      shell: {
        host: 'browser',
        keyProtection: 'file',
        notify: nothing,
        openExternal: nothing,
        destroyKey: async () => undefined,
      },
      log: { info: nothing, warn: nothing, error: nothing },
    });
    services.push(service);
    const events: EventMessage[] = [];
    service.on((event) => events.push(event));
    return {
      call: createClient<DeskOperationName>((operation, input) => service.callText(operation, JSON.stringify(input))),
      folder: place.dataDir,
      events,
      stop: service.stop,
    };
  };
  const enter: Desks['enter'] = async (name, url, owner) => {
    const { code } = await createPairingCode(viewer.viewer, owner);
    const desk = await open(name);
    await desk.call('sync.connect', { url, code, deviceName: name });
    return desk;
  };
  return {
    open,
    found: async (url) => {
      const desk = await open('a');
      await desk.call('settings.createOrganisation', {
        name: 'Verwaltung',
        staff: { name: 'Petra', email: 'p@example.org' },
      });
      const { code } = await createPairingCode(viewer.viewer, null);
      await desk.call('sync.connect', { url, code, deviceName: 'PC' });
      return desk;
    },
    join: async (name, url, first) => {
      const { organisation, staff } = await first.call('settings.state', {});
      return enter(name, url, { organisationId: organisation?.id ?? '', staffId: staff?.id ?? '' });
    },
    enter,
    stop: async () => {
      for (const service of services) await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Bytes that pass for a PDF. */
export function pdf(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), content, Buffer.from('\n%%EOF\n')]);
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Stages a file as a form does. */
export async function stage(call: Call, bytes: Buffer, fileName = 'a.pdf'): Promise<StagedFile> {
  const { uploadId } = await call('files.stageBegin', { fileName, size: bytes.length });
  const step = 256 * 1024;
  for (let offset = 0; offset < bytes.length; offset += step) {
    const data = bytes.subarray(offset, offset + step).toString('base64');
    await call('files.stageChunk', { uploadId, offset, data });
  }
  return call('files.stageEnd', { uploadId });
}

/** Writes an entry with a file; answers the file's hash. */
export async function attach(call: Call, content: Buffer, propertyId: string | null = null): Promise<string> {
  const file = await stage(call, pdf(content));
  await call('activities.create', {
    subject: 'Akte',
    propertyId,
    unitId: null,
    topicId: null,
    personIds: [],
    entry: { kind: 'note', body: 'siehe Anlage', released: false, files: [{ ...file }] },
  });
  return file.sha256;
}

export async function companyOf(desk: LiveDesk): Promise<string> {
  const { organisation } = await desk.call('settings.state', {});
  return organisation?.id ?? '';
}

/** Whether the viewer has the bytes and says so to every desk. */
export async function isAvailable(
  viewer: Pick<RunningViewer, 'viewer'>,
  organisationId: string,
  sha256: string,
): Promise<boolean> {
  const rows = await viewer.viewer.company(organisationId, ({ tx }) =>
    tx
      .select()
      .from(blobTable)
      .where(eq(blobTable.id, blobId(sha256))),
  );
  return rows.some(({ deleted }) => !deleted) && (await viewer.viewer.blobs.has(organisationId, sha256));
}

export async function until(holds: () => Promise<boolean>): Promise<void> {
  await vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 25_000, interval: 50 });
}

export async function isUploaded(desk: LiveDesk): Promise<boolean> {
  return (await desk.call('sync.state', {})).pendingUploads === 0;
}
