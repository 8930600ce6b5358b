import { expect } from '@playwright/test';
import {
  connect,
  expectPortfolio,
  foundCompany,
  goTo,
  importPortfolio,
  invite,
  linkIn,
  person,
  register,
  synced,
} from './support/steps.ts';
import { test } from './support/world.ts';

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
  for (const lastName of ['Nguyễn', 'Bauer']) await invite(desk.page(), lastName);
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
