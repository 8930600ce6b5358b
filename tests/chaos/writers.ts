import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Resident } from '../../build/demo/resident.ts';
import { OperationError } from '../../shared/lib/errors.ts';
import { richDocumentFromText } from '../../shared/ui/rich-document.ts';
import type { Chance } from '../simulator/random.ts';
import type { DeskProcess } from './processes.ts';

/** A write that was answered ok to the person, found again by words that nobody else wrote. */
export interface Acknowledged {
  /** Name of the desk, or `portal`. */
  readonly writer: string;
  readonly words: string;
}

/** What a run has been told "ok" for, and what nobody expected. */
export interface Ledger {
  readonly writes: Acknowledged[];
  /** SHA-256 of files that a desk took. */
  readonly files: { readonly desk: string; readonly sha256: string }[];
  /** Answers that no fault explains. */
  readonly surprises: string[];
}

export function emptyLedger(): Ledger {
  return { writes: [], files: [], surprises: [] };
}

/** A row may have been deleted or taken by somebody else in the meantime, and a process may be gone. */
const explained: readonly string[] = [
  'not-found',
  'already-exists',
  'not-possible-now',
  'viewer-unreachable',
  'offline',
  'too-many-requests',
  'internal',
];

/** A person at a desk for one round: several deeds, one after the other. */
export async function workAt(
  desk: DeskProcess,
  ledger: Ledger,
  chance: Chance,
  deeds: number,
  pause: number,
): Promise<void> {
  for (let deed = 0; deed < deeds; deed += 1) {
    const words = `${desk.name}${chance.below(1e9).toString(36)}${ledger.writes.length.toString(36)}`;
    try {
      if (await deedOf(desk, ledger, chance, words)) ledger.writes.push({ writer: desk.name, words });
    } catch (error) {
      // The local answers of a desk: nothing but its own death explains an `internal` here, and that is no answer.
      if (!(error instanceof OperationError)) continue;
      if (error.code === 'internal' || !explained.includes(error.code))
        ledger.surprises.push(`${desk.name}: ${error.code} ${JSON.stringify(error.details)}`);
    }
    await sleep(chance.below(pause));
  }
}

/** One deed with the words in it; false where there is nothing to do it on. */
async function deedOf(desk: DeskProcess, ledger: Ledger, chance: Chance, words: string): Promise<boolean> {
  const { call } = desk.client();
  const kind = chance.below(12);
  if (kind === 0) {
    await call('properties.save', { fields: { number: words, name: words, kind: 'weg' } });
    return true;
  }
  if (kind === 1) {
    await call('people.save', { fields: { lastName: words } });
    return true;
  }
  const { rows: properties } = await call('properties.list', { limit: 20, sort: 'number' });
  if (properties.length === 0) return false;
  // Few rows for all desks, so that they meet.
  const property = chance.pick(properties.slice(0, 3));
  if (kind === 2) {
    await call('properties.save', { id: property.id, fields: { name: words } });
    return true;
  }
  if (kind === 3) {
    await call('properties.save', { id: property.id, fields: { street: words, city: 'Leipzig' } });
    return true;
  }
  if (kind === 4) {
    const { id } = await call('notices.save', {
      fields: { propertyId: property.id, title: words, body: richDocumentFromText(words), audienceGroups: ['tenant'] },
    });
    if (chance.once(0.7)) await call('notices.publish', { ids: [id] });
    return true;
  }
  if (kind === 5) return fileDocument(desk, ledger, chance, words, property.id);
  if (kind === 6) {
    await call('activities.create', {
      subject: words,
      propertyId: property.id,
      unitId: null,
      topicId: null,
      personIds: [],
      entry: { kind: 'note', body: 'Notiz', released: false },
    });
    return true;
  }
  const { rows: activities } = await call('activities.list', { filter: 'all', limit: 12 });
  if (activities.length === 0) return false;
  const activity = chance.pick(activities);
  if (kind < 10) {
    const released = chance.once(0.5);
    await call('activities.addEntry', { activityId: activity.id, entry: { kind: 'message', body: words, released } });
    return true;
  }
  if (kind === 10) {
    await call('activities.save', { id: activity.id, fields: { subject: words } });
    return true;
  }
  const { statuses } = await call('settings.lists', {});
  await call('activities.setStatus', { ids: [activity.id], statusId: chance.pick(statuses).id });
  return false;
}

async function fileDocument(
  desk: DeskProcess,
  ledger: Ledger,
  chance: Chance,
  words: string,
  propertyId: string,
): Promise<boolean> {
  const { call, stage } = desk.client();
  const size = chance.pick([20_000, 200_000, 1_500_000]);
  const noise = Buffer.alloc(size, createHash('sha256').update(words).digest());
  const staged = await stage(`${words}.pdf`, Buffer.concat([Buffer.from(`%PDF-1.7\n${words}\n`), noise]));
  const { id } = await call('documents.create', {
    file: staged,
    fields: {
      propertyId,
      title: words,
      categoryId: null,
      audienceGroups: ['tenant'],
      audiencePersonIds: [],
      periodFrom: null,
      periodTo: null,
    },
  });
  ledger.files.push({ desk: desk.name, sha256: staged.sha256 });
  if (chance.once(0.7)) await call('documents.publish', { ids: [id] });
  return true;
}

/** A resident in the portal for one round: a message, sent again with the same ids where no answer came. */
export async function writeInPortal(
  resident: Resident,
  place: { readonly organisationId: string; readonly propertyId: string },
  activityIds: readonly string[],
  ledger: Ledger,
  chance: Chance,
): Promise<string | null> {
  const words = `p${chance.below(1e9).toString(36)}${ledger.writes.length.toString(36)}`;
  const { organisationId, propertyId } = place;
  const entryId = v7();
  const opening = activityIds.length === 0 || chance.once(0.25);
  const activityId = opening ? v7() : chance.pick(activityIds);
  const message = { organisationId, activityId, entryId, body: words, uploadIds: [] };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      if (opening) {
        const fields = { propertyId, unitId: null, topicId: null, subject: words };
        await resident.call('activities.open', { ...message, ...fields });
      } else await resident.call('activities.reply', message);
      ledger.writes.push({ writer: 'portal', words });
      return opening ? activityId : null;
    } catch (error) {
      if (error instanceof OperationError && !explained.includes(error.code))
        ledger.surprises.push(`portal: ${error.code} ${JSON.stringify(error.details)}`);
    }
    await sleep(chance.below(400));
  }
  return null;
}
