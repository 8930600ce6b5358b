import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conflict } from '../../../shared/features/sync/model.ts';
import { openCompany, type TestDesk } from '../../../tests/setup/desk.ts';
import { journalEntry } from '../../../tests/setup/journal.ts';
import { type ConflictNotices, createConflictNotices } from './notices.ts';

let desk: TestDesk;
let told: (readonly [string, string])[];
let notices: ConflictNotices;
let minute = 0;

const open = () =>
  createConflictNotices({
    ...desk.context,
    language: 'de',
    notify: (title, body) => void told.push([title, body]),
  });
const arrive = (given: Partial<Omit<Conflict, 'id'>> = {}) => {
  minute += 1;
  const createdAt = new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();
  const lostBy = `staff:${desk.context.identity().staffId}@${desk.context.newId()}`;
  return journalEntry(desk, { lostBy, createdAt, ...given });
};

beforeEach(async () => {
  desk = await openCompany();
  told = [];
  minute = 0;
  notices = open();
});
afterEach(() => desk.close());

describe('notices of conflicts', () => {
  it('tell the person whose value lost, once', async () => {
    const { id } = await desk.call('properties.save', { fields: { number: '107', name: 'Lindenhof', kind: 'weg' } });
    arrive({ entityId: id });
    notices.look();
    notices.look();
    expect(told).toEqual([
      ['Ihre Änderung wurde überschrieben', '107 Lindenhof. Beide Fassungen stehen unter Abgleich › Konflikte.'],
    ]);
  });

  it('tell nobody else, and nothing of what is settled', () => {
    arrive({ lostBy: 'staff:somebody@else' });
    arrive({ lostBy: 'account:x' });
    arrive({ resolvedAt: '2026-11-23T12:40:00.000Z' });
    notices.look();
    expect(told).toEqual([]);
  });

  it('tell many at once in one notice', () => {
    for (let index = 0; index < 12; index += 1) arrive();
    notices.look();
    expect(told.map(([title]) => title)).toEqual(['12 Ihrer Änderungen trafen auf andere']);
    arrive({ kind: 'rejected', code: 'rejected-role' });
    notices.look();
    expect(told.at(-1)?.[0]).toBe('Eine Änderung wurde nicht angenommen');
  });

  it('do not repeat after a restart, and say nothing of what was there before they began', () => {
    arrive();
    notices.look();
    open().look();
    expect(told).toHaveLength(1);
  });

  it('say nothing before there is a company', async () => {
    desk.context.meta.set('staffId', null);
    expect(() => notices.look()).not.toThrow();
  });

  it('hold no value, since others may look at the screen', () => {
    arrive({ lostValue: '{"name":"Geheim"}', keptValue: '{"name":"Auch"}' });
    notices.look();
    expect(JSON.stringify(told)).not.toMatch(/Geheim|Auch/);
  });
});
