import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { v7 } from 'uuid';
import { deskPlace } from '../../main/service/place.ts';
import { formatHlc } from '../../shared/sync/clock.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { richDocumentFromText } from '../../shared/ui/rich-document.ts';
import { pairingCode } from '../../tests/chaos/pairing.ts';
import type { DeskProcess } from '../../tests/chaos/processes.ts';
import type { DeskClient } from '../demo/desk.ts';
import { register } from '../demo/resident.ts';
import type { Mailbox } from '../start/mailbox.ts';

/** Where a story is told: a viewer that runs, two desks that run, nothing in them yet. */
export interface StoryPlace {
  readonly desks: readonly [DeskProcess, DeskProcess];
  readonly viewerUrl: string;
  readonly stopViewer: () => Promise<void>;
  readonly databaseUrl: string;
  readonly mailbox: Mailbox;
}

/** What the story left behind, beside the databases. */
export interface Told {
  readonly organisationId: string;
  /** The company's log as the wire shows it, one page after the other. */
  readonly changes: readonly unknown[];
  /** The file whose upload was cut: `%PDF-1.7`, a line feed, and zeros up to `size` bytes. */
  readonly halfUploaded: { readonly sha256: string; readonly size: number };
}

/** The key of every desk in a release fixture: it protects nothing. */
export const fixtureKey = Buffer.alloc(32, 7);

/** Lets the desk find its key before its first start. */
export async function layKey(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const text = JSON.stringify({ version: 1, protection: 'file', key: fixtureKey.toString('base64') });
  await writeFile(deskPlace(folder).keyFile, `${text}\n`, { mode: 0o600 });
}

const tables = {
  'objekte.csv':
    'Objektnummer;Bezeichnung;Art;Straße;Hausnummer;PLZ;Ort\n107;Lindenhof;WEG;Lindenallee;4;04109;Leipzig\n',
  'einheiten.csv':
    'Objektnummer;Einheit;Lage;Nutzung;Fläche m²;Zimmer;Sollmiete\n107;01;EG links;Wohnung;64,20;2;612,50\n',
  'personen.csv': 'Personennummer;Vorname;Nachname;Ort;E-Mail\n1001;Anna;Bauer;Leipzig;anna@bewohner.example\n',
  'zuordnungen.csv': 'Objektnummer;Einheit;Personennummer;Rolle;von\n107;01;1001;Mieter;01.01.2020\n',
} as const;

const pdf = (size: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n')], size);

/**
 * A company in which every kind of row exists, with a conflict, changes of a later version, work that waits and an upload
 * that was cut. Ends with the first desk stopped and the viewer gone.
 */
export async function tellStory(place: StoryPlace): Promise<Told> {
  const [first, second] = place.desks;
  const organisationId = await found(first.client());
  const { rows } = await first.client().call('properties.list', {});
  const propertyId = rows[0]?.id ?? '';
  await publish(first.client(), propertyId);
  const code = await pairingCode(place.databaseUrl);
  await first.client().call('sync.connect', { url: place.viewerUrl, code, deviceName: 'Empfang' });
  const colleague = await first.client().call('sync.invitePairing', { staffId: null, staff: null });
  await second.client().call('sync.connect', { url: place.viewerUrl, code: colleague.code, deviceName: 'Büro' });
  await converse(place, propertyId);
  await disagree(place.desks, propertyId);
  await writeFromTomorrow(place.databaseUrl, organisationId);
  const reader = await pairReader(place);
  const halfUploaded = await cutUpload(first, propertyId);
  const changes = await readLog(place.viewerUrl, reader);
  await second.stop();
  await place.stopViewer();
  await first.start();
  await leaveWork(first.client(), propertyId);
  await first.stop();
  return { organisationId, changes, halfUploaded };
}

async function found({ call, stage }: DeskClient): Promise<string> {
  const { id } = await call('settings.createOrganisation', {
    name: 'Hausverwaltung Sonnenschein GmbH',
    staff: { name: 'Petra Sonnenschein', email: 'petra@sonnenschein.example' },
  });
  await call('settings.saveStaff', {
    fields: { name: 'Jonas Brecht', email: 'jonas@sonnenschein.example', role: 'clerk', active: true },
  });
  const files = [];
  for (const [name, text] of Object.entries(tables)) files.push(await stage(name, Buffer.from(text)));
  const { importId } = await call('imports.begin', { files });
  const preview = await call('imports.preview', { importId });
  if (!preview.mayCommit) throw new Error(`The tables cannot be imported: ${JSON.stringify(preview.problems[0])}`);
  await call('imports.commit', { importId, skipRowsWithErrors: false });
  return id;
}

async function publish({ call, stage }: DeskClient, propertyId: string): Promise<void> {
  await call('properties.save', { id: propertyId, fields: { online: true } });
  const contact = { kind: 'heating', name: 'Wärme GmbH', phone: '0341 555 100', note: null, position: 0 } as const;
  await call('properties.saveContact', { fields: { propertyId, ...contact } });
  const notice = await call('notices.save', {
    fields: {
      propertyId,
      title: 'Treppenreinigung',
      body: richDocumentFromText('Freitags.'),
      audienceGroups: ['tenant'],
    },
    addFiles: [await stage('Plan.pdf', pdf(600))],
  });
  await call('notices.publish', { ids: [notice.id] });
  const { categories } = await call('settings.lists', {});
  const document = await call('documents.create', {
    file: await stage('Hausordnung.pdf', pdf(700)),
    fields: {
      propertyId,
      title: 'Hausordnung',
      categoryId: categories[0]?.id ?? null,
      audienceGroups: ['tenant'],
      audiencePersonIds: [],
      periodFrom: null,
      periodTo: null,
    },
  });
  await call('documents.publish', { ids: [document.id] });
}

/** A resident registers, writes, and is answered; the mail about it makes a row in the delivery ledger. */
async function converse({ desks: [desk], mailbox, viewerUrl }: StoryPlace, propertyId: string): Promise<void> {
  const { call } = desk.client();
  const { rows } = await call('people.list', { propertyId });
  await call('accounts.invite', { personIds: rows.map(({ id }) => id), channel: 'mail' });
  await call('sync.now', {});
  const mail = await mailbox.next('anna@bewohner.example', 60_000);
  const token = /\/einladung\/([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
  const password = 'Moosgruen-Klingelbrett-27';
  const resident = await register({ portal: viewerUrl, token, password, personNumber: '1001' });
  const letter = { topic: 'Schaden melden', subject: 'Heizung kalt', body: 'Seit gestern.' };
  const activityId = await resident.write(letter);
  await synced(desk.client());
  const entry = { kind: 'message', body: 'Der Techniker kommt morgen.', released: true } as const;
  await call('activities.addEntry', { activityId, entry });
  await synced(desk.client());
  await until('a delivery', async () => {
    await synced(desk.client());
    const { entries } = await call('activities.get', { id: activityId });
    return entries.some(({ deliveries }) => deliveries.length > 0);
  });
}

/** Two desks rename the same house without knowing of each other. */
async function disagree(desks: StoryPlace['desks'], propertyId: string): Promise<void> {
  for (const { client } of desks) await synced(client());
  for (const { client } of desks) await client().call('sync.setOffline', { offline: true });
  for (const { client, name } of desks)
    await client().call('properties.save', { id: propertyId, fields: { name: `Lindenhof ${name}` } });
  for (const { client } of desks) await client().call('sync.setOffline', { offline: false });
  await until('a conflict', async () => {
    for (const { client } of desks) await synced(client());
    return (await desks[0].client().call('sync.state', {})).conflicts > 0;
  });
}

/** What a later version might write: an entity and a field that nobody knows today. Both are parked by the desks. */
async function writeFromTomorrow(databaseUrl: string, organisationId: string): Promise<void> {
  await withDatabase(databaseUrl, async (client) => {
    const topic = await client.query<{ id: string }>('select id from topic where organisation_id = $1 limit 1', [
      organisationId,
    ]);
    const wishes = [
      { entity: 'entityOfTomorrow', entityId: v7(), set: { name: 'Später' } },
      { entity: 'topic', entityId: topic.rows[0]?.id ?? '', set: { fieldOfTomorrow: 'später' } },
    ];
    for (const wish of wishes) {
      const change = { id: v7(), ...wish, base: {}, hlc: formatHlc(Date.now()) };
      await client.query(
        `with position as (
           update organisation_head set head = head + 1 where organisation_id = $1 returning head)
         insert into change_log (organisation_id, seq, change_id, changeset_id, last, author, entity, entity_id, change,
           received_at)
         select $1, head, $2, $3, true, '{"kind":"server"}', $4, $5, $6, $7 from position`,
        [organisationId, change.id, v7(), change.entity, change.entityId, change, new Date().toISOString()],
      );
    }
  });
}

/** A desk dies while a large file goes up. */
async function cutUpload(desk: DeskProcess, propertyId: string): Promise<Told['halfUploaded']> {
  const size = 12 * 1024 * 1024;
  const { call, stage } = desk.client();
  const file = await stage('Pläne.pdf', pdf(size));
  const nobody = { categoryId: null, audiencePersonIds: [], periodFrom: null, periodTo: null };
  await call('documents.create', {
    file,
    fields: { propertyId, title: 'Pläne', audienceGroups: ['owner'], ...nobody },
  });
  await until(
    'half an upload',
    async () => {
      const { uploads } = await call('sync.state', {});
      return uploads.some(({ sent }) => sent > 0 && sent < size);
    },
    1,
  );
  await desk.kill();
  return { sha256: file.sha256, size };
}

/** What is still in the queue when the version is replaced. */
async function leaveWork({ call, stage }: DeskClient, propertyId: string): Promise<void> {
  await call('properties.save', { id: propertyId, fields: { street: 'Wartestraße' } });
  await call('people.save', { fields: { lastName: 'Wartend', firstName: 'Werner' } });
  await call('activities.create', {
    subject: 'Wartet auf den Abgleich',
    propertyId,
    unitId: null,
    topicId: null,
    personIds: [],
    entry: { kind: 'note', body: 'Unterwegs geschrieben', released: false },
  });
  const notice = await call('notices.save', {
    fields: {
      propertyId,
      title: 'Aushang von unterwegs',
      body: richDocumentFromText('Bald.'),
      audienceGroups: ['owner'],
    },
    addFiles: [await stage('Unterwegs.pdf', pdf(800))],
  });
  await call('notices.publish', { ids: [notice.id] });
}

/** A device that only reads the log over the wire. Answers its token. */
async function pairReader({ desks: [desk], viewerUrl }: StoryPlace): Promise<string> {
  const { code } = await desk.client().call('sync.invitePairing', { staffId: null, staff: null });
  const input = { protocol: protocolVersion, code, deviceName: 'Leser', appVersion: '0', organisation: null };
  const response = await fetch(`${viewerUrl}/api/sync/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  await synced(desk.client());
  return ((await response.json()) as { readonly ok: { readonly token: string } }).ok.token;
}

async function readLog(viewerUrl: string, token: string): Promise<readonly unknown[]> {
  const changes: unknown[] = [];
  for (let cursor = 0; ; ) {
    const response = await fetch(`${viewerUrl}/api/sync/changes?protocol=${protocolVersion}&cursor=${cursor}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { ok } = (await response.json()) as {
      readonly ok: { readonly changes: readonly unknown[]; readonly cursor: number; readonly more: boolean };
    };
    changes.push(...ok.changes);
    cursor = ok.cursor;
    if (!ok.more) return changes;
  }
}

async function synced({ call }: DeskClient): Promise<void> {
  await until('a desk in step', async () => {
    const state = await call('sync.now', {});
    return state.connection === 'online' && state.pendingChanges === 0 && state.pendingUploads === 0;
  });
}

/** Asks until something holds, for a minute. */
async function until(what: string, holds: () => Promise<boolean>, pause = 200): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`The story waits in vain for ${what}`);
    await sleep(pause);
  }
}

/** Works on the database as its superuser. */
export async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
