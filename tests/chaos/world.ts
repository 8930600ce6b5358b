import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Resident, register } from '../../build/demo/resident.ts';
import { type Mailbox, openMailbox } from '../../build/start/mailbox.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import { freePort } from '../../viewer/server/db/embedded/cluster.ts';
import { migrateDatabase } from '../../viewer/server/db/migrate.ts';
import { type Chance, chance } from '../simulator/random.ts';
import { type Line, openLine } from './line.ts';
import { pairingCode } from './pairing.ts';
import { type DeskProcess, deskProcess, type ViewerProcess, viewerProcess } from './processes.ts';
import { emptyLedger, type Ledger } from './writers.ts';

/** Everything of one run. */
export interface World {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly random: Chance;
  readonly viewer: ViewerProcess;
  /** One more joins in the middle of a run. */
  readonly desks: DeskProcess[];
  /** Of the desks in their order, before them the portal's. */
  readonly lines: Line[];
  readonly ends: (() => Promise<unknown>)[];
  readonly residents: readonly Resident[];
  readonly place: { readonly organisationId: string; readonly propertyId: string };
  readonly ledger: Ledger;
  readonly deaths: { viewer: number; desk: number; connections: number };
  /** Activities that each resident opened. */
  readonly opened: ReadonlyMap<Resident, string[]>;
}

const deskNames = ['a', 'b', 'c'];
const password = 'Moosgruen-Klingelbrett-27';

/** A company with three paired desks, a house, and two residents who are registered; the weather is still good. */
export async function buildWorld(
  { databaseUrl, seed }: { readonly databaseUrl: string; readonly seed: number },
  folder: string,
  ends: World['ends'],
): Promise<World> {
  const random = chance(seed);
  const mailbox = await openMailbox(join(folder, 'mail'));
  ends.push(mailbox.stop);
  await migrateDatabase(databaseUrl);
  const port = await freePort();
  const viewer = await viewerProcess({ folder, port, databaseUrl, smtpUrl: mailbox.url });
  ends.push(viewer.kill);
  const lines: Line[] = [];
  for (let index = 0; index <= deskNames.length; index += 1) lines.push(await lineOf(port, seed, index, ends));
  const desks = deskNames.map((name) => deskProcess({ name, folder }));
  for (const desk of desks) ends.push(desk.kill);
  await Promise.all([viewer.start(), ...desks.map((desk) => desk.start())]);
  const { organisationId, propertyId, residents } = await foundCompany(desks, lines, databaseUrl, mailbox);
  return {
    folder,
    databaseUrl,
    random,
    viewer,
    desks,
    lines,
    ends,
    residents,
    place: { organisationId, propertyId },
    ledger: emptyLedger(),
    deaths: { viewer: 0, desk: 0, connections: 0 },
    opened: new Map(residents.map((resident) => [resident, []])),
  };
}

/** A line with an address of the loopback net of its own: the viewer counts requests by address. */
async function lineOf(port: number, seed: number, index: number, ends: World['ends']): Promise<Line> {
  const line = await openLine({ port, from: `127.0.0.${11 + index}`, chance: chance(seed * 31 + index) });
  ends.push(line.stop);
  return line;
}

/** A desk that joins in bad weather: its pairing and the loading of its rows are cut like everything else. */
export async function joinLate({ viewer, random, desks, lines, ends, folder }: World): Promise<void> {
  const [first] = desks;
  if (first === undefined) throw new Error('No desk');
  const line = await lineOf(viewer.port, random.below(1000), lines.length, ends);
  line.weather(0.25);
  const desk = deskProcess({ name: 'late', folder });
  ends.push(desk.kill);
  await desk.start();
  await first.client().call('sync.setOffline', { offline: false });
  for (let attempt = 0; ; attempt += 1) {
    try {
      // An answer that is lost uses the code up; the next attempt has a new one.
      const { code } = await first.client().call('sync.invitePairing', { staffId: null, staff: null });
      await desk.client().call('sync.connect', { url: line.url, code, deviceName: desk.name });
      break;
    } catch (error) {
      if (!(error instanceof OperationError) || attempt > 20) throw error;
      await sleep(200);
    }
  }
  desks.push(desk);
  lines.push(line);
}

async function foundCompany(
  [first, ...others]: readonly DeskProcess[],
  lines: readonly Line[],
  databaseUrl: string,
  mailbox: Mailbox,
): Promise<{ organisationId: string; propertyId: string; residents: readonly Resident[] }> {
  if (first === undefined) throw new Error('No desk');
  const { call } = first.client();
  const [portal, ...urls] = lines.map((line) => line.url);
  const { id: organisationId } = await call('settings.createOrganisation', {
    name: 'Hausverwaltung Sturm',
    staff: { name: 'Petra Sturm', email: 'petra@sturm.example' },
  });
  const { id: propertyId } = await call('properties.save', {
    fields: { number: '0', name: 'Lindenhof', kind: 'weg', online: true },
  });
  const personIds: string[] = [];
  for (const lastName of ['Bauer', 'Zech']) {
    const email = `${lastName.toLowerCase()}@bewohner.example`;
    const { id: personId } = await call('people.save', { fields: { lastName, email } });
    await call('people.saveMembership', { fields: { personId, propertyId, group: 'owner', from: '2020-01-01' } });
    personIds.push(personId);
  }
  await call('accounts.invite', { personIds, channel: 'mail' });
  const code = await pairingCode(databaseUrl);
  await call('sync.connect', { url: urls[0] ?? '', code, deviceName: first.name });
  const residents: Resident[] = [];
  for (const name of ['bauer', 'zech']) {
    const mail = await mailbox.next(`${name}@bewohner.example`, 30_000);
    const token = /\/einladung\/([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
    residents.push(await register({ portal: portal ?? '', token, password, personNumber: name }));
  }
  for (const [index, desk] of others.entries()) {
    const invitation = await call('sync.invitePairing', { staffId: null, staff: null });
    await desk
      .client()
      .call('sync.connect', { url: urls[index + 1] ?? '', code: invitation.code, deviceName: desk.name });
  }
  return { organisationId, propertyId, residents };
}
