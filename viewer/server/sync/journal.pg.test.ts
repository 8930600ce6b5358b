import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import type { Change, Changeset } from '../../../shared/sync/changes.ts';
import { formatHlc, maxClockLead } from '../../../shared/sync/clock.ts';
import { changeFromEdit, type Edit } from '../../../shared/sync/edit.ts';
import { entities } from '../../../shared/sync/entities.ts';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { openSync, type SyncWorld } from '../../../tests/setup/sync.ts';
import { foundingRows } from '../../../tests/setup/sync-rows.ts';
import type { DeviceCaller } from '../context.ts';

const start = Date.UTC(2026, 10, 23, 9);
const iban = (end: string) => `DE8937040044053201${end}`;

describe('the journal', () => {
  let world: SyncWorld;
  let office: DeviceCaller;
  let notebook: DeviceCaller;
  const propertyId = v7();

  beforeAll(async () => {
    world = await openSync(start);
  });
  afterAll(async () => {
    await world?.close();
  });
  beforeEach(async () => {
    const organisation = { id: v7(), name: 'Verwaltung', staffId: v7() };
    office = await pair(await world.pairingCode(null), organisation);
    await push(office, foundingRows(organisation.id, [organisation.staffId], { open: v7(), closed: v7() }));
    notebook = await pair(
      await world.pairingCode({ organisationId: organisation.id, staffId: organisation.staffId }),
      null,
    );
    await push(office, [house]);
  });

  const house: Edit = {
    entity: 'property',
    id: propertyId,
    set: {
      number: '1',
      name: 'Haus',
      kind: 'weg',
      street: null,
      houseNumber: null,
      postalCode: null,
      city: null,
      yearBuilt: null,
      iban: null,
      photo: null,
      online: false,
    },
  };
  const pair = async (
    code: string,
    organisation: { id: string; name: string; staffId: string } | null,
  ): Promise<DeviceCaller> => {
    const device = { code, deviceName: 'PC', appVersion: '1', protocol: protocolVersion, organisation };
    const { organisationId, deviceId, staffId } = await world.handlers['sync.pair'](world.context(null), device);
    return { kind: 'device', organisationId, deviceId, staffId };
  };
  let lastSeq = 0;
  const nextSeq = () => (lastSeq += 1);
  const send = (device: DeviceCaller, changes: readonly Change[]) => {
    const changeset: Changeset = {
      id: v7(),
      deviceSeq: nextSeq(),
      staffId: device.staffId,
      importId: null,
      changes: [...changes],
    };
    return world.handlers['sync.push'](world.context(device), { protocol: protocolVersion, changesets: [changeset] });
  };
  const push = (device: DeviceCaller, edits: readonly Edit[]) =>
    send(
      device,
      edits.flatMap(
        (edit) => changeFromEdit(entities[edit.entity], null, edit, { id: v7(), hlc: formatHlc(start - 1000) }) ?? [],
      ),
    );
  /** A change of the house by somebody who has seen nothing. */
  const change = (set: Change['set'], at = start): Change => ({
    id: v7(),
    entity: 'property',
    entityId: propertyId,
    set,
    base: {},
    hlc: formatHlc(at),
  });
  const journal = async (): Promise<readonly Conflict[]> => {
    const page = await world.handlers['sync.pull'](world.context(office), { protocol: protocolVersion, cursor: 0 });
    return page.changes
      .filter((logged) => logged.change.entity === 'conflict')
      .map((logged) => ({ id: logged.change.entityId, ...logged.change.set }) as unknown as Conflict);
  };

  it('names the devices of both sides, whether they wrote now or long ago', async () => {
    await send(office, [change({ name: 'Aus dem Büro' }, start - 500)]);
    await send(notebook, [change({ name: 'Vom Notebook' })]);
    const [told] = (await journal()).filter((entry) => entry.lostValue.includes('Büro'));
    expect(told).toMatchObject({
      kind: 'overwritten',
      lostBy: `staff:${office.staffId}@${office.deviceId}`,
      keptBy: `staff:${notebook.staffId}@${notebook.deviceId}`,
    });
  });

  it('names whose clock was ahead and whose change was refused', async () => {
    await send(notebook, [change({ name: 'Morgen' }, start + 10 * maxClockLead)]);
    await send(notebook, [{ ...change({ name: 'Neu' }), entityId: v7() }]);
    const told = await journal();
    const by = `staff:${notebook.staffId}@${notebook.deviceId}`;
    expect(told.find((entry) => entry.kind === 'clock-clamped')).toMatchObject({ lostBy: by, keptBy: 'server' });
    expect(told.find((entry) => entry.kind === 'rejected')).toMatchObject({ lostBy: by, keptBy: 'server' });
  });

  it('masks bank accounts on both sides, and leaves the change itself whole', async () => {
    await send(office, [change({ iban: iban('3000') }, start - 500)]);
    await send(notebook, [change({ iban: iban('7777') })]);
    const told = await journal();
    expect(JSON.stringify(told)).not.toContain('DE89');
    expect(told.find((entry) => entry.lostValue.includes('3000'))).toMatchObject({
      lostValue: '{"iban":{"masked":"•••• 3000"}}',
      keptValue: '{"iban":{"masked":"•••• 7777"}}',
    });
    const log = await world.log(office.organisationId);
    expect(JSON.stringify(log)).toContain(iban('3000'));
  });

  it('masks what was refused', async () => {
    await send(notebook, [{ ...change({ iban: iban('3000') }), entityId: v7() }]);
    await send(notebook, [{ ...change({ pin: '4711' }), entity: 'safe' }]);
    const refused = (await journal()).filter((entry) => entry.kind === 'rejected');
    expect(refused.map((entry) => entry.lostValue)).toEqual([
      '{"iban":{"masked":"•••• 3000"}}',
      '{"pin":{"masked":"••••"}}',
    ]);
  });
});
