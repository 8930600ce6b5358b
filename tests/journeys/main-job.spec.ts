import { expect } from '@playwright/test';
import { damagePhoto } from '../../build/demo/damage.ts';
import { energyCertificate, houseRules } from '../../build/demo/letters.ts';
import { renderLetter } from '../../build/demo/pdf.ts';
import { faultsOf } from './support/accessibility.ts';
import {
  conversation,
  openActivity,
  publishDocument,
  publishNotice,
  setRelease,
  writeEntry,
} from './support/desk-steps.ts';
import { openSection, reply, writeMessage } from './support/portal-steps.ts';
import {
  connect,
  expectPortfolio,
  foundCompany,
  goTo,
  idOfProperty,
  importPortfolio,
  invite,
  linkIn,
  mailAbout,
  person,
  register,
  stageLarge,
  synced,
} from './support/steps.ts';
import { releaseDelaySeconds, test } from './support/world.ts';

test.describe.configure({ mode: 'serial' });

test('1 · a company is founded offline, filled from files, paired, and shows a house in the portal', async ({
  world,
}) => {
  const desk = await world.desk('empfang');
  const page = desk.page();
  await foundCompany(page);
  await importPortfolio(page);
  await page.getByRole('button', { name: 'Zu den Objekten' }).click();
  await expect(page.getByText('12 Einträge')).toBeVisible();
  await expectPortfolio(desk);

  await connect(page, world);
  await synced(desk);
  await goTo(page, 'Objekte');
  await page.getByRole('row', { name: /WEG Am Mühlbach 93/ }).dblclick();
  await page.getByRole('tab', { name: 'Portal' }).click();
  await page.getByRole('switch', { name: 'Objekt im Portal zeigen' }).click();
  await expect(page.getByText('Das Objekt erscheint mit dem nächsten Abgleich im Portal.')).toBeVisible();
  await synced(desk);
});

test('2 · a tenant and an owner register from their mails and see their house, only theirs', async ({ world }) => {
  const desk = await world.desk('empfang');
  const tenant = await person(desk, '1025');
  const owner = await person(desk, '1024');
  for (const { email } of [tenant, owner]) await invite(desk.page(), email);
  await synced(desk);
  for (const { email } of [tenant, owner]) {
    const resident = await world.portal(email);
    await register(resident, linkIn(await world.mailbox.next(email, 30_000)));
    await expect(resident.getByText('WEG Am Mühlbach 93').first()).toBeVisible();
    const places = await resident.evaluate(async () => (await fetch('/api/portal/properties')).json());
    expect(places).toMatchObject({ ok: [{ name: 'WEG Am Mühlbach 93' }] });
    expect(places.ok).toHaveLength(1);
  }
});

test('3 · what was written while the viewer was away arrives once, for those it is meant for', async ({ world }) => {
  const desk = await world.desk('empfang');
  const page = desk.page();
  const tenant = await world.portal((await person(desk, '1025')).email);
  const owner = await world.portal((await person(desk, '1024')).email);
  await writeMessage(tenant, {
    topic: 'Schlüssel',
    subject: 'Kellerschlüssel',
    body: 'Mein Kellerschlüssel ist abgebrochen.',
  });
  await synced(desk);

  await world.viewer.stop();
  const property = '107';
  await publishNotice(page, {
    property,
    title: 'Treppenhausreinigung',
    body: 'Die Reinigung kommt jetzt freitags.',
    groups: ['Mieter'],
  });
  const rules = { name: 'Hausordnung.pdf', buffer: await renderLetter(houseRules) };
  await publishDocument(page, { property, title: 'Hausordnung', file: rules, groups: ['Mieter'] });
  const certificate = { name: 'Energieausweis.pdf', buffer: await renderLetter(energyCertificate) };
  await publishDocument(page, { property, title: 'Energieausweis', file: certificate, groups: ['Eigentümer'] });
  await openActivity(page, 'Neu', 'Kellerschlüssel');
  await writeEntry(page, 'Nachricht', 'Ein neuer Schlüssel liegt im Büro.', true);
  expect((await desk.call('sync.now', {})).pendingChanges).toBeGreaterThan(0);

  await world.viewer.start();
  await synced(desk);
  await expect(async () => {
    const { rows } = await desk.call('documents.list', { query: '' });
    expect(rows.map((row) => row.state)).toEqual(['published', 'published']);
  }).toPass();
  await tenant.reload();
  await openSection(tenant, 'Brett');
  await expect(tenant.getByText('Treppenhausreinigung')).toHaveCount(1);
  await openSection(tenant, 'Dokumente');
  await expect(tenant.getByText('Hausordnung').first()).toBeVisible();
  await expect(tenant.getByText('Energieausweis')).toHaveCount(0);
  await openSection(tenant, 'Nachrichten');
  await tenant.getByRole('link', { name: /Kellerschlüssel/ }).click();
  await expect(tenant.getByText('Ein neuer Schlüssel liegt im Büro.')).toHaveCount(1);
  await owner.reload();
  await openSection(owner, 'Dokumente');
  await expect(owner.getByText('Energieausweis').first()).toBeVisible();
  await expect(owner.getByText('Hausordnung.pdf')).toHaveCount(0);
});

test('4 · a damage report becomes a numbered activity; only what is released is seen', async ({ world }) => {
  const desk = await world.desk('empfang');
  const page = desk.page();
  const { email } = await person(desk, '1025');
  const tenant = await world.portal(email);
  const photo = { name: 'Wasserfleck.jpg', buffer: await damagePhoto() };
  await writeMessage(tenant, {
    topic: 'Schaden melden',
    subject: 'Wasserfleck im Bad',
    body: 'An der Decke ist ein Fleck.',
    photo,
  });
  await expect(tenant.getByAltText(/Wasserfleck\.jpg/).first()).toBeVisible();

  await openActivity(page, 'Neu', 'Wasserfleck im Bad');
  await expect(page.getByRole('img', { name: 'Im Portal sichtbar' }).first()).toBeVisible();
  const { rows } = await desk.call('activities.list', { filter: 'new' });
  expect(rows[0]).toMatchObject({ subject: 'Wasserfleck im Bad', globe: true, number: 2 });

  await writeEntry(page, 'Notiz', 'Versicherung schon einmal gemeldet.', false);
  await writeEntry(page, 'Nachricht', 'Der Klempner kommt am Montag.', false);
  await synced(desk);
  await tenant.reload();
  await expect(tenant.getByText('An der Decke ist ein Fleck.')).toBeVisible();
  await expect(tenant.getByText('Der Klempner kommt am Montag.')).toHaveCount(0);
  await expect(tenant.getByText('Versicherung')).toHaveCount(0);

  await setRelease(page, 'Der Klempner kommt am Montag.', true);
  await expect(async () => {
    await tenant.reload();
    await expect(tenant.getByText('Der Klempner kommt am Montag.')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  expect(await mailAbout(world, email, 'Wasserfleck im Bad', 60_000)).not.toBeNull();

  await writeEntry(page, 'Nachricht', 'Bitte doch noch nicht lesen.', true);
  await synced(desk);
  await setRelease(page, 'Bitte doch noch nicht lesen.', false);
  await synced(desk);
  expect(await mailAbout(world, email, 'Wasserfleck im Bad', (releaseDelaySeconds + 6) * 1000)).toBeNull();
  await tenant.reload();
  await expect(tenant.getByText('Bitte doch noch nicht lesen.')).toHaveCount(0);

  await page.getByRole('button', { name: 'Vorgang erledigen' }).click();
  await synced(desk);
  await tenant.reload();
  await expect(tenant.getByText('Erledigt').first()).toBeVisible();
  await reply(tenant, 'Der Fleck ist wieder da.');
  await openActivity(page, 'Neu', 'Wasserfleck im Bad');
  await expect(conversation(page).getByText('Der Fleck ist wieder da.')).toBeVisible();
});

test('5 · a second desk has the same company; a crash loses nothing and uploads go on', async ({ world }) => {
  const desk = await world.desk('empfang');
  const code = await desk.call('sync.invitePairing', { staffId: null, staff: null });
  const second = await world.desk('keller');
  const page = second.page();
  await page.getByRole('button', { name: /Mit bestehender Verwaltung verbinden/ }).click();
  await page.getByRole('textbox', { name: 'Adresse des Portals' }).fill(code.url);
  await page.getByRole('textbox', { name: 'Code' }).fill(code.code);
  await page.getByRole('textbox', { name: 'Name dieses Geräts' }).fill('Keller');
  await page.getByRole('button', { name: 'Verbinden' }).click();
  await expect(page.getByRole('heading', { name: /Sie sind mit Hausverwaltung Muster GmbH verbunden/ })).toBeVisible();
  await synced(second);
  await expectPortfolio(second);
  await expect(async () => {
    const { rows } = await second.call('documents.list', {});
    expect(rows.flatMap((row) => row.versions.map((file) => file.local))).toEqual([true, true]);
  }).toPass();

  await world.viewer.stop();
  await expectPortfolio(second);
  const propertyId = await idOfProperty(second, '107');
  const large = await stageLarge(second);
  const fields = {
    propertyId,
    categoryId: null,
    audienceGroups: ['owner' as const],
    audiencePersonIds: [],
    periodFrom: null,
    periodTo: null,
  };
  const { id } = await second.call('documents.create', { fields: { ...fields, title: 'Pläne' }, file: large });
  const acknowledged: string[] = [];
  const writing = (async () => {
    for (let count = 0; ; count += 1) {
      const { id: unitId } = await second.call('properties.saveUnit', {
        fields: { propertyId, number: `K${count}`, usage: 'other' },
      });
      acknowledged.push(unitId);
    }
  })().catch(() => undefined);
  await expect.poll(() => acknowledged.length).toBeGreaterThan(5);
  await second.crash();
  await writing;
  await world.viewer.start();
  await second.call('documents.publish', { ids: [id] });
  await expect
    .poll(async () => (await second.call('sync.state', {})).uploads.some((upload) => upload.sent > 0), {
      intervals: [20],
    })
    .toBe(true);
  await second.crash();
  await synced(second);
  const sent = await second.call('documents.get', { id });
  expect(sent.versions).toMatchObject([{ uploadPending: false, sha256: large.sha256 }]);
  await synced(desk);
  const units = await desk.call('properties.listUnits', { propertyId, query: '', limit: 500 });
  const there = new Set(units.rows.map((unit) => unit.id));
  expect(acknowledged.filter((unitId) => !there.has(unitId))).toEqual([]);
});

test('6 · no main page has an accessibility fault, in light or dark', async ({ world }) => {
  const desk = (await world.desk('empfang')).page();
  const resident = await world.portal('p1025@example.org');
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.emulateMedia({ colorScheme });
    for (const name of [
      'Start',
      'Nachrichten',
      'Objekte',
      'Personen',
      'Dokumente',
      'Aushänge',
      'Portal',
      'Import',
      'Abgleich',
      'Einstellungen',
    ]) {
      await goTo(desk, name);
      faults.push(...(await faultsOf(desk, `desk ${name} ${colorScheme}`)));
    }
    await resident.emulateMedia({ colorScheme });
    for (const name of ['Brett', 'Dokumente', 'Nachrichten', 'Nachbarn', 'Mein Konto'] as const) {
      await openSection(resident, name);
      faults.push(...(await faultsOf(resident, `portal ${name} ${colorScheme}`)));
    }
  }
  expect(faults).toEqual([]);
});
