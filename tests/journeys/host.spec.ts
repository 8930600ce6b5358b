import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { deskPlace } from '../../main/service/place.ts';
import { layDesk, onDatabase, openRelease, releases } from '../upgrades/releases.ts';
import { type Desk, type Host, openDesk } from './support/desk.ts';

let host: Host;
let folder: string;
let desk: Desk;

test.beforeEach(async ({ browser }, info) => {
  host = (info.project.metadata as { host: Host }).host;
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-desk-'));
  desk = await openDesk(host, folder, browser);
});
test.afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const company = { name: 'Hausverwaltung Treppe', staff: { name: 'Anna Alt', email: 'anna@example.org' } };

test('the page reaches an encrypted database in another process, and keeps it over a restart', async ({ browser }) => {
  const state = await desk.call('settings.state', {});
  expect(state).toMatchObject({ phase: 'first-run', host, keyProtection: 'file' });
  await desk.call('settings.createOrganisation', company);
  const { database, keyFile } = deskPlace(folder);
  expect(readFileSync(database).includes('SQLite format 3')).toBe(false);
  expect(readFileSync(`${database}-wal`).includes('Treppe')).toBe(false);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  await desk.close();
  expect(readdirSync(deskPlace(folder).dataDir)).not.toContain('desk.sqlite-wal');
  desk = await openDesk(host, folder, browser);
  expect(await desk.call('settings.state', {})).toMatchObject({ phase: 'ready', organisation: { name: company.name } });
});

test('the page has no Node, and only declared operations get through', async () => {
  const found = await desk.page.evaluate(() => ({
    node: typeof Reflect.get(globalThis, 'process') + typeof Reflect.get(globalThis, 'require'),
    bridge: Object.keys(window.desk ?? {}).sort(),
  }));
  expect(found.node).toBe('undefinedundefined');
  expect(found.bridge).toEqual(host === 'electron' ? ['call', 'host', 'on'] : []);
  const unknown = desk.call('settings.erase' as 'settings.state', {});
  await expect(unknown).rejects.toMatchObject({ code: 'unknown-operation' });
  const malformed = desk.call('settings.state', { a: 1 } as unknown as Record<string, never>);
  await expect(malformed).rejects.toMatchObject({ code: 'invalid-input' });
});

test('a document is previewed in a frame of its own', async () => {
  const violations = await desk.page.evaluate(async () => {
    const found: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => found.push(event.violatedDirective));
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    const pdf = new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' });
    frame.src = URL.createObjectURL(pdf);
    document.body.append(frame);
    await loaded;
    return found;
  });
  expect(violations).toEqual([]);
});

test('data that a newer version has written are left alone, and the window asks for an update', async ({ browser }) => {
  await desk.close();
  rmSync(folder, { recursive: true });
  const release = openRelease(releases.released.at(-1) ?? '');
  await layDesk(release, folder, null);
  onDatabase(release, folder, (sqlite) =>
    sqlite.prepare("insert into __drizzle_migrations (hash, created_at) values ('tomorrow', 9999999999999)").run(),
  );
  const before = readFileSync(deskPlace(folder).database);
  desk = await openDesk(host, folder, browser);
  await expect(desk.page.getByRole('heading', { name: /Aktualisierung nötig|Update needed/ })).toBeVisible();
  await expect(desk.page.getByText(/Bitte aktualisieren Sie|Please update/)).toBeVisible();
  expect(readFileSync(deskPlace(folder).database).equals(before)).toBe(true);
});
