import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Output } from '../../shared/contract/registry.ts';
import { richDocumentFromText } from '../../shared/ui/rich-document.ts';
import { root } from '../lib/run.ts';
import type { Mailbox } from '../start/mailbox.ts';
import { damagePhoto } from './damage.ts';
import type { DeskClient } from './desk.ts';
import { housePhoto } from './house.ts';
import { letters } from './letters.ts';
import { renderLetter } from './pdf.ts';
import { type Resident, register } from './resident.ts';
import { contacts, internalMatter, invitedOnly, matters, neighbours, notices, owner, tenant } from './stories.ts';

/** A portal login of the demo. */
export interface DemoLogin {
  readonly email: string;
  readonly password: string;
}

/** What the demo is made with. */
export interface Stage {
  readonly desk: DeskClient;
  /** Address of the portal, which is the viewer's. */
  readonly portal: string;
  readonly mailbox: Pick<Mailbox, 'next'>;
  /** A code with which a viewer adopts a new company. */
  readonly pairingCode: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly say: (line: string) => void;
}

const fixture = join(root, 'tests/fixtures/portfolio');
const files = ['objekte.csv', 'einheiten.csv', 'personen.csv', 'zuordnungen.csv'];
/** Everybody's in the demo; the portal is open to this machine only. */
const password = 'Moosgruen-Klingelbrett-27';
/** The property the demo tells about, a WEG with owners and tenants. */
const showcase = '107';

/**
 * Founds the demo company on an empty desk and an empty viewer, the way people would: every step goes through an
 * operation that a window or the portal offers. Returns the logins of an owner and a tenant of property 107.
 */
export async function seedDemo(stage: Stage): Promise<readonly [owner: DemoLogin, tenant: DemoLogin]> {
  const { desk, say } = stage;
  say('Founding Hausverwaltung Sonnenschein GmbH and importing its portfolio …');
  await found(desk);
  await importPortfolio(desk);
  const property = await prepareProperties(desk);
  say('Pairing the desk with the portal and filling the house …');
  await desk.call('sync.connect', { url: stage.portal, code: stage.pairingCode, deviceName: 'Empfang' });
  await publish(desk, property, stage.now);
  await sync(desk);
  const residents = await inviteAll(stage, property);
  await openInternalMatter(desk, property);
  await tellMatters(desk, residents);
  const login = (personNumber: string) => {
    const email = residents.find((resident) => resident.personNumber === personNumber)?.email ?? '';
    return { email, password };
  };
  return [login(owner), login(tenant)];
}

/** The company, its address, a colleague. */
async function found(desk: DeskClient): Promise<void> {
  await desk.call('settings.createOrganisation', {
    name: 'Hausverwaltung Sonnenschein GmbH',
    staff: { name: 'Petra Sonnenschein', email: 'petra@sonnenschein.example' },
  });
  await desk.call('settings.saveOrganisation', {
    fields: {
      street: 'Lindenallee 4',
      postalCode: '04109',
      city: 'Leipzig',
      phone: '0341 555 010',
      email: 'post@sonnenschein.example',
    },
  });
  await desk.call('settings.saveStaff', {
    fields: { name: 'Jonas Brecht', email: 'jonas@sonnenschein.example', role: 'clerk', active: true },
  });
}

async function importPortfolio(desk: DeskClient): Promise<void> {
  const staged = [];
  for (const name of files) staged.push(await desk.stage(name, await readFile(join(fixture, name))));
  const { importId } = await desk.call('imports.begin', { files: staged });
  const preview = await desk.call('imports.preview', { importId });
  if (!preview.mayCommit) throw new Error(`The portfolio cannot be imported: ${JSON.stringify(preview.problems[0])}`);
  await desk.call('imports.commit', { importId, skipRowsWithErrors: false });
}

/** Photos for all houses; property 107 with its contacts and online. Returns the id of 107. */
async function prepareProperties(desk: DeskClient): Promise<string> {
  const { rows } = await desk.call('properties.list', { limit: 500 });
  for (const { id, number } of rows) {
    const photo = await desk.stage(`Objekt ${number}.jpg`, await housePhoto(number));
    await desk.call('properties.save', { id, fields: { photo: photo.sha256, online: number === showcase } });
  }
  const propertyId = rows.find(({ number }) => number === showcase)?.id;
  if (!propertyId) throw new Error(`The portfolio has no property ${showcase}.`);
  for (const [position, contact] of contacts.entries()) {
    await desk.call('properties.saveContact', { fields: { propertyId, position, ...contact } });
  }
  return propertyId;
}

/** Notices and documents of the property, queued for the next sync but for the drafts. */
async function publish(desk: DeskClient, propertyId: string, now: number): Promise<void> {
  const day = new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'long', timeZone: 'Europe/Berlin' });
  const noticeIds: string[] = [];
  for (const story of notices((ahead) => day.format(now + ahead * 86_400_000))) {
    const { title, groups, pinned } = story;
    const body = richDocumentFromText(story.text);
    const fields = {
      propertyId,
      title,
      body,
      audienceGroups: [...groups],
      pinned,
      visibleFrom: null,
      visibleUntil: null,
    };
    const { id } = await desk.call('notices.save', { fields });
    if (story.published) noticeIds.push(id);
  }
  await desk.call('notices.publish', { ids: noticeIds });

  const { categories } = await desk.call('settings.lists', {});
  const documentIds: string[] = [];
  for (const letter of letters) {
    const { id } = await desk.call('documents.create', {
      file: await desk.stage(letter.fileName, await renderLetter(letter)),
      fields: {
        propertyId,
        title: letter.title,
        categoryId: categories.find(({ name }) => name === letter.category)?.id ?? null,
        audienceGroups: [...letter.audience],
        audiencePersonIds: [],
        periodFrom: letter.year ? `${letter.year}-01-01` : null,
        periodTo: letter.year ? `${letter.year}-12-31` : null,
      },
    });
    documentIds.push(id);
  }
  await desk.call('documents.publish', { ids: documentIds });
}

interface DemoResident extends Resident {
  readonly email: string;
}

/** Invites people of the property by mail; the logins of the demo and some neighbours register from their links. */
async function inviteAll({ desk, portal, mailbox }: Stage, propertyId: string): Promise<readonly DemoResident[]> {
  const { rows } = await desk.call('people.list', { propertyId, limit: 500 });
  const byNumber = new Map(rows.map((person) => [person.number, person]));
  const registering = [owner, tenant, ...neighbours];
  const personIds = [...registering, ...invitedOnly].flatMap((number) => byNumber.get(number)?.id ?? []);
  await desk.call('accounts.invite', { personIds, channel: 'mail' });
  await sync(desk);
  const residents: DemoResident[] = [];
  for (const personNumber of registering) {
    const email = byNumber.get(personNumber)?.email;
    if (!email) throw new Error(`Person ${personNumber} has no e-mail address.`);
    const mail = await mailbox.next(email, 60_000);
    const token = /\/einladung\/([\w-]+)/.exec(mail.text ?? '')?.[1];
    if (!token) throw new Error(`The invitation of ${email} holds no link.`);
    residents.push({ ...(await register({ portal, token, password, personNumber })), email });
  }
  return residents;
}

/** What the staff keeps to itself: an activity without a released entry. */
async function openInternalMatter(desk: DeskClient, propertyId: string): Promise<void> {
  const { topic, subject, personNumber, entries } = internalMatter;
  const { topics } = await desk.call('settings.lists', {});
  const { rows } = await desk.call('people.list', { propertyId, limit: 500 });
  const [first, ...others] = entries;
  const { id } = await desk.call('activities.create', {
    subject,
    propertyId,
    unitId: null,
    topicId: topics.find(({ name }) => name === topic)?.id ?? null,
    personIds: rows.flatMap((person) => (person.number === personNumber ? [person.id] : [])),
    entry: { ...first, released: false },
  });
  for (const entry of others)
    await desk.call('activities.addEntry', { activityId: id, entry: { ...entry, released: false } });
}

/** Residents write, the desk answers, some matters go on. */
async function tellMatters(desk: DeskClient, residents: readonly Resident[]): Promise<void> {
  const written = new Map<string, string>();
  for (const story of matters) {
    const photo = story.withPhoto ? { fileName: 'Decke Bad.jpg', content: await damagePhoto() } : undefined;
    const letter = { ...story, ...(photo && { photo }) };
    written.set(story.subject, await residentOf(residents, story.from).write(letter));
  }
  await sync(desk);
  const { statuses, staff } = await desk.call('settings.lists', {});
  const manager = staff.find(({ role }) => role === 'manager')?.id ?? null;
  for (const story of matters) {
    const activityId = written.get(story.subject) ?? '';
    for (const { kind, body } of story.answers) {
      await desk.call('activities.addEntry', { activityId, entry: { kind, body, released: kind === 'message' } });
    }
    if (story.assigned) await desk.call('activities.save', { id: activityId, fields: { assigneeId: manager } });
    await setStatus(desk, activityId, story.status, statuses);
  }
  await sync(desk);
  for (const { from, subject, reply } of matters) {
    if (reply) await residentOf(residents, from).reply(written.get(subject) ?? '', reply);
  }
  await sync(desk);
}

function residentOf(residents: readonly Resident[], personNumber: string): Resident {
  const resident = residents.find((candidate) => candidate.personNumber === personNumber);
  if (!resident) throw new Error(`Person ${personNumber} has not registered.`);
  return resident;
}

async function setStatus(
  desk: DeskClient,
  activityId: string,
  name: string | null,
  statuses: Output<'settings.lists'>['statuses'],
): Promise<void> {
  const statusId = statuses.find((status) => status.name === name)?.id;
  if (!statusId) return;
  await desk.call('activities.setStatus', { ids: [activityId], statusId });
  await desk.call('activities.markHandled', { ids: [activityId], handled: true });
}

/** One round; in the demo nothing may be left over. */
async function sync(desk: DeskClient): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const state = await desk.call('sync.now', {});
    if (state.lastError) throw new Error(`The desk could not sync: ${state.lastError}`);
    if (state.rejected > 0) throw new Error(`The portal refused ${state.rejected} changes of the desk.`);
    if (state.pendingChanges === 0 && state.pendingUploads === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('The desk has changes left that the portal did not take.');
}
