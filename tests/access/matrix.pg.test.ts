import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpRequest } from '../../shared/contract/http.ts';
import { type HttpOperationName, httpOperationNames, operations } from '../../shared/contract/registry.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { idOf } from './rows.ts';
import { buildScene, type CallerName, callers, house, ours, type Scene, secret, theirHouse, theirs } from './scene.ts';
import { readTable } from './table.ts';
import { verdict } from './world.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await buildScene();
}, 120_000);
afterAll(() => scene.world.stop());

const here = { organisationId: ours, propertyId: house };
const linked = { organisationId: ours, activityId: idOf('linked') };
const strongPassword = 'Leuchtturm bei Nacht und Nebel 5';
const guess = randomUUID().replaceAll('-', '');
const anywhere = () => `${randomUUID()}@example.org`;

/** What each operation is asked in the table: things of the house, of our company, or things that nobody has. */
const inputs: Readonly<Record<HttpOperationName, () => Readonly<Record<string, unknown>>>> = {
  'properties.mine': () => ({}),
  'properties.contacts': () => here,
  'people.directory': () => here,
  'documents.released': () => here,
  'documents.seen': () => here,
  'notices.board': () => here,
  'notices.seen': () => here,
  'activities.topics': () => here,
  'activities.mine': () => here,
  'activities.conversation': () => linked,
  'activities.open': () => ({
    ...{ ...here, unitId: null, topicId: idOf('damage'), subject: 'Wasser', body: 'Es tropft.' },
    ...{ activityId: randomUUID(), entryId: randomUUID() },
  }),
  'activities.reply': () => ({ ...linked, entryId: randomUUID(), body: 'Danke.' }),
  'activities.seen': () => linked,
  'accounts.invitation': () => ({ token: guess }),
  'accounts.accept': () => ({ token: guess, password: strongPassword, showInDirectory: true, language: 'de' }),
  'accounts.signIn': () => ({ email: anywhere(), password: strongPassword }),
  'accounts.proveSecondFactor': () => ({ code: '000000', remember: false }),
  'accounts.security': () => ({}),
  'accounts.endSessions': () => ({ id: randomUUID() }),
  'accounts.beginSecondFactor': () => ({ password: 'falsch' }),
  'accounts.confirmSecondFactor': () => ({ code: '000000' }),
  'accounts.renewRecoveryCodes': () => ({ password: 'falsch' }),
  'accounts.endSecondFactor': () => ({ password: 'falsch' }),
  'accounts.requestEmailChange': () => ({ email: anywhere(), password: 'falsch' }),
  'accounts.confirmEmailChange': () => ({ token: guess }),
  'accounts.requestReset': () => ({ email: anywhere() }),
  'accounts.reset': () => ({ token: guess, password: strongPassword }),
  'accounts.session': () => ({}),
  'accounts.changePassword': () => ({ current: 'falsch', password: strongPassword }),
  'accounts.settings': () => ({ organisationId: ours }),
  'accounts.saveSettings': () => ({
    ...{ organisationId: ours, showInDirectory: false, showPhone: false, showEmail: false, language: 'de' },
  }),
  'accounts.signOut': () => ({}),
  'sync.pair': () => ({
    ...{ protocol: protocolVersion, code: '2345-6789', deviceName: 'PC', appVersion: '0.1.0' },
    organisation: { id: ours, name: 'Hausverwaltung Elbe', staffId: idOf('staff') },
  }),
  'sync.push': () => ({ protocol: protocolVersion, changesets: [] }),
  'sync.pull': () => ({ protocol: protocolVersion, cursor: 0 }),
  'sync.recover': () => ({ protocol: protocolVersion, epoch: randomUUID(), changesets: [], last: true }),
  'sync.erase': () => ({ rows: [{ entity: 'person', id: randomUUID() }] }),
  'sync.checksums': () => ({ protocol: protocolVersion, tables: [] }),
  'sync.rows': () => ({ rows: [{ entity: 'person', id: idOf('tenant') }] }),
  'sync.createPairingCode': () => ({ staffId: idOf('staff') }),
  'sync.fork': () => ({ protocol: protocolVersion, forkId: randomUUID(), tokenHash: randomBytes(32).toString('hex') }),
  'sync.deviceContacts': () => ({}),
  'sync.renameDevice': () => ({ id: scene.spareDeviceId, name: 'Keller' }),
  'sync.revokeDevice': () => ({ id: scene.spareDeviceId }),
  'sync.destroyDeviceKey': () => ({ id: scene.spareDeviceId }),
};

/*
 * Who may do what, after product.md and semantics.md. ok: done; no: exactly as if it did not exist; in: sign in first;
 * out: this device was revoked. Each of the last codes is the same for everybody: it tells nothing.
 * The house's settings are the defaults: the directory is for tenants, owners and house owners, everybody may write.
 */
const expected = readTable(
  callers,
  {
    ok: 'ok',
    no: 'not-found',
    in: 'not-signed-in',
    out: 'device-revoked',
    inv: 'invitation-invalid',
    cred: 'wrong-credentials',
    code: 'wrong-code',
    pair: 'pairing-code-invalid',
  },
  `
                         anonymous tenant former lapsed owner houseOwner provider other stranger both disabled device revoked theirDevice
  properties.mine        in        ok     ok     ok     ok    ok         ok       ok    ok       ok   ok       in     in      in
  properties.contacts    in        ok     no     no     ok    ok         ok       no    no       ok   no       in     in      in
  people.directory       in        ok     no     no     ok    ok         no       no    no       ok   no       in     in      in
  documents.released     in        ok     ok     no     ok    ok         ok       no    no       ok   no       in     in      in
  documents.seen         in        ok     ok     no     ok    ok         ok       no    no       ok   no       in     in      in
  notices.board          in        ok     no     no     ok    ok         ok       no    no       ok   no       in     in      in
  notices.seen           in        ok     no     no     ok    ok         ok       no    no       ok   no       in     in      in
  activities.topics      in        ok     no     no     ok    ok         ok       no    no       ok   no       in     in      in
  activities.mine        in        ok     ok     no     ok    ok         ok       no    no       ok   no       in     in      in
  activities.conversation in       ok     no     no     no    no         no       no    no       no   no       in     in      in
  activities.open        in        ok     no     no     ok    ok         ok       no    no       ok   no       in     in      in
  activities.reply       in        ok     no     no     no    no         no       no    no       no   no       in     in      in
  activities.seen        in        ok     no     no     no    no         no       no    no       no   no       in     in      in
  accounts.invitation    inv       inv    inv    inv    inv   inv        inv      inv   inv      inv  inv      inv    inv     inv
  accounts.accept        inv       inv    inv    inv    inv   inv        inv      inv   inv      inv  inv      inv    inv     inv
  accounts.signIn        cred      cred   cred   cred   cred  cred       cred     cred  cred     cred cred     cred   cred    cred
  accounts.proveSecondFactor code code   code   code   code  code       code     code  code     code code     code   code    code
  accounts.security      in        ok     ok     ok     ok    ok         ok       ok    ok       ok   ok       in     in      in
  accounts.endSessions   in        ok     ok     ok     ok    ok         ok       ok    ok       ok   ok       in     in      in
  accounts.beginSecondFactor in    cred   cred   cred   cred  cred       cred     cred  cred     cred cred     in     in      in
  accounts.confirmSecondFactor in  code   code   code   code  code       code     code  code     code code     in     in      in
  accounts.renewRecoveryCodes in   cred   cred   cred   cred  cred       cred     cred  cred     cred cred     in     in      in
  accounts.endSecondFactor in      cred   cred   cred   cred  cred       cred     cred  cred     cred cred     in     in      in
  accounts.requestEmailChange in   cred   cred   cred   cred  cred       cred     cred  cred     cred cred     in     in      in
  accounts.confirmEmailChange inv  inv    inv    inv    inv   inv        inv      inv   inv      inv  inv      inv    inv     inv
  accounts.requestReset  ok        ok     ok     ok     ok    ok         ok       ok    ok       ok   ok       ok     ok      ok
  accounts.reset         inv       inv    inv    inv    inv   inv        inv      inv   inv      inv  inv      inv    inv     inv
  accounts.session       in        ok     ok     ok     ok    ok         ok       ok    ok       ok   ok       in     in      in
  accounts.changePassword in       cred   cred   cred   cred  cred       cred     cred  cred     cred cred     in     in      in
  accounts.settings      in        ok     ok     ok     ok    ok         ok       ok    no       ok   no       in     in      in
  accounts.saveSettings  in        ok     ok     ok     ok    ok         ok       ok    no       ok   no       in     in      in
  sync.pair              pair      pair   pair   pair   pair  pair       pair     pair  pair     pair pair     pair   pair    pair
  sync.push              in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.pull              in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.checksums         in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.rows              in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.recover           in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.erase             in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.createPairingCode in        in     in     in     in    in         in       in    in       in   in       ok     out     no
  sync.fork              in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.deviceContacts    in        in     in     in     in    in         in       in    in       in   in       ok     out     ok
  sync.renameDevice      in        in     in     in     in    in         in       in    in       in   in       ok     out     no
  sync.revokeDevice      in        in     in     in     in    in         in       in    in       in   in       ok     out     no
  sync.destroyDeviceKey  in        in     in     in     in    in         in       in    in       in   in       ok     out     no
  accounts.signOut       in        ok     ok     ok     ok    ok         ok       ok    ok       ok   ok       in     in      in
`,
);

function ask(caller: CallerName, name: HttpOperationName, input: Readonly<Record<string, unknown>>): Promise<Response> {
  const { method, path, body } = httpRequest(operations[name], input);
  return scene.world.request(scene.visits[caller], method, path, body === null ? undefined : JSON.parse(body));
}

test('the table knows every operation that is served over HTTP', () => {
  expect([...expected.keys()].sort()).toEqual([...httpOperationNames].sort());
});

const residentOperations = httpOperationNames.filter((name) => operations[name].audience === 'resident');
const unknown = (input: Readonly<Record<string, unknown>>, ids: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(input).map(([field, value]) => [field, ids[field] ?? value]));

describe('what is not for somebody answers byte for byte like what does not exist', () => {
  const guessed = { organisationId: randomUUID(), propertyId: randomUUID(), activityId: randomUUID() };
  const targets: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['a company that does not exist', { organisationId: guessed.organisationId }],
    ['another company', { organisationId: theirs, propertyId: theirHouse }],
    ['another property', { propertyId: idOf('other house'), activityId: idOf('internal') }],
    ['a property that is offline', { propertyId: idOf('offline house'), activityId: idOf('offline') }],
    ['a property of another company', { propertyId: theirHouse, activityId: idOf('linked elsewhere') }],
    ['an activity of which nothing is released', { activityId: idOf('internal'), propertyId: guessed.propertyId }],
  ];
  const perPlace = residentOperations.filter((name) => 'organisationId' in inputs[name]());

  test.each(targets)('%s', async (_title, ids) => {
    for (const name of perPlace) {
      if (ids.organisationId === undefined && !('propertyId' in inputs[name]() || 'activityId' in inputs[name]()))
        continue;
      const reference = await ask('tenant', name, unknown(inputs[name](), guessed));
      const answer = await ask(
        'tenant',
        name,
        unknown(inputs[name](), name === 'activities.open' ? { ...ids, activityId: randomUUID() } : ids),
      );
      const facts = async (response: Response) => [
        response.status,
        await response.text(),
        [...response.headers.keys()].sort(),
        response.headers.get('content-length'),
      ];
      expect([name, ...(await facts(answer))]).toEqual([name, ...(await facts(reference))]);
      expect(answer.status).toBe(404);
    }
  });
});

test('ids that are none are malformed for everybody', async () => {
  for (const propertyId of ["' OR 1=1 --", '..%2f..', '0', 'null', `${house}' --`]) {
    const response = await ask('tenant', 'notices.board', { organisationId: ours, propertyId });
    expect([propertyId, response.status]).toEqual([propertyId, 400]);
  }
});

test('the conflict journal is there, and goes to the desks of the company alone', async () => {
  const told = async (caller: CallerName) => {
    const answer = await ask(caller, 'sync.pull', inputs['sync.pull']());
    return (await answer.text()).includes(idOf('conflict of for tenants'));
  };
  const readers: CallerName[] = [];
  for (const caller of callers) if (await told(caller)) readers.push(caller);
  expect(readers).toEqual(['device']);
});

// The tables last: signing out ends the sessions.
describe('the access matrix', () => {
  test.each([...expected.keys()])('%s', async (name) => {
    const cells = expected.get(name);
    const outcome: Record<string, string> = {};
    for (const caller of callers) {
      const response = await ask(caller, name as HttpOperationName, inputs[name as HttpOperationName]());
      const text = await response.clone().text();
      const device = operations[name as HttpOperationName].audience === 'device';
      if (!device && text.includes(secret)) throw new Error(`${name} tells ${caller} what is internal`);
      if (caller === 'theirDevice' && text.includes('example.org')) {
        expect(text).not.toContain('tenant@example.org');
      }
      outcome[caller] = await verdict(response);
    }
    expect(outcome).toEqual(cells);
  });
});
