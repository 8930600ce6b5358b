import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entityTables } from '../../viewer/server/db/entity-tables.ts';
import { idOf } from './rows.ts';
import { buildScene, callers, house, offlineHouse, ours, type Scene, secret, theirs } from './scene.ts';
import { readTable } from './table.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await buildScene();
}, 120_000);
afterAll(() => scene.world.stop());

const meanings = { ok: '200', no: '404', in: '401' };
const file = (key: string, organisationId = ours) => `/api/portal/files/${organisationId}/${idOf(`file ${key}`)}`;

/*
 * Who gets which file. It follows what the file hangs on: a notice on the board, the current version of a document, an
 * entry. Former: until 2025-02-28; lapsed: until 2020. `own entry there` is of a conversation the tenant was unlinked from.
 */
const expected = readTable(
  callers,
  meanings,
  `
                      anonymous tenant former lapsed owner houseOwner provider other stranger both disabled device revoked theirDevice
  for_tenants         in        ok     no     no     no    no         no       no    no       ok   no       in     in      in
  for_owners          in        no     no     no     ok    no         no       no    no       no   no       in     in      in
  for_providers       in        no     no     no     no    no         ok       no    no       no   no       in     in      in
  draft_notice        in        no     no     no     no    no         no       no    no       no   no       in     in      in
  expired             in        no     no     no     no    no         no       no    no       no   no       in     in      in
  future              in        no     no     no     no    no         no       no    no       no   no       in     in      in
  refused             in        no     no     no     no    no         no       no    no       no   no       in     in      in
  deleted_notice      in        no     no     no     no    no         no       no    no       no   no       in     in      in
  offline_notice      in        no     no     no     no    no         no       no    no       no   no       in     in      in
  other_house         in        no     no     no     no    no         no       ok    no       no   no       in     in      in
  missing             in        no     no     no     no    no         no       no    no       no   no       in     in      in
  house_rules         in        ok     no     no     no    no         no       no    no       ok   no       in     in      in
  older_version       in        no     no     no     no    no         no       no    no       no   no       in     in      in
  certificate         in        no     no     no     ok    no         no       no    no       no   no       in     in      in
  bill_2025           in        ok     ok     no     no    no         no       no    no       ok   no       in     in      in
  bill_2023           in        no     ok     no     no    no         no       no    no       ok   no       in     in      in
  bill_2018           in        no     no     no     no    no         no       no    no       no   no       in     in      in
  personal            in        ok     no     no     no    no         no       no    no       no   no       in     in      in
  personal_of_former  in        no     ok     no     no    no         no       no    no       no   no       in     in      in
  personal_of_lapsed  in        no     no     no     no    no         no       no    no       no   no       in     in      in
  draft               in        no     no     no     no    no         no       no    no       no   no       in     in      in
  deleted             in        no     no     no     no    no         no       no    no       no   no       in     in      in
  offline             in        no     no     no     no    no         no       no    no       no   no       in     in      in
  own_entry           in        ok     no     no     no    no         no       no    no       no   no       in     in      in
  answer              in        ok     no     no     no    no         no       no    no       no   no       in     in      in
  unreleased          in        no     no     no     no    no         no       no    no       no   no       in     in      in
  note                in        no     no     no     no    no         no       no    no       no   no       in     in      in
  ticked_note         in        no     no     no     no    no         no       no    no       no   no       in     in      in
  own_entry_there     in        ok     no     no     no    no         no       no    no       no   no       in     in      in
  answer_there        in        no     no     no     no    no         no       no    no       no   no       in     in      in
  internal_note       in        no     no     no     no    no         no       no    no       no   no       in     in      in
  offline_answer      in        no     no     no     no    no         no       no    no       no   no       in     in      in
  theirs              in        no     no     no     no    no         no       no    ok       ok   no       in     in      in
  theirs_as_ours      in        no     no     no     no    no         no       no    no       no   no       in     in      in
  guessed             in        no     no     no     no    no         no       no    no       no   no       in     in      in
  photo               in        ok     ok     no     ok    ok         ok       no    no       ok   no       in     in      in
  photo_offline       in        no     no     no     no    no         no       no    no       no   no       in     in      in
`,
);

const photo = (propertyId: string) => `/api/portal/organisations/${ours}/properties/${propertyId}/photo`;
const special: Readonly<Record<string, string>> = {
  theirs: file('theirs', theirs),
  theirs_as_ours: file('theirs', ours),
  guessed: `/api/portal/files/${ours}/${randomUUID()}`,
  photo: photo(house),
  photo_offline: photo(offlineHouse),
};

test('the table knows every file of the scene', async () => {
  const attachments = await scene.world.running.viewer.company(ours, async ({ tx }) => {
    return tx.select({ id: entityTables.attachment.id }).from(entityTables.attachment);
  });
  const keys = [...expected.keys()].filter((key) => !(key in special));
  expect(keys.map((key) => idOf(`file ${key.replaceAll('_', ' ')}`)).sort()).toEqual(
    attachments.map(({ id }) => id).sort(),
  );
});

test.each([...expected.keys()])('%s', async (key) => {
  const path = special[key] ?? file(key.replaceAll('_', ' '));
  const outcome: Record<string, string> = {};
  for (const caller of callers) {
    const response = await scene.world.request(scene.visits[caller], 'GET', path);
    outcome[caller] = String(response.status);
    const text = await response.text();
    if (response.status === 200)
      expect(text).toBe(key.startsWith('photo') ? 'photo' : `content of ${key.replaceAll('_', ' ')}`);
    else expect(text).not.toContain('content of');
    expect(text).not.toContain(secret);
  }
  expect(outcome).toEqual(expected.get(key));
});

test('a file that is not for somebody answers byte for byte like one that does not exist', async () => {
  const facts = async (path: string) => {
    const response = await scene.world.request(scene.visits.tenant, 'GET', path);
    return [response.status, await response.text(), [...response.headers.keys()].sort()];
  };
  const reference = await facts(special.guessed ?? '');
  for (const key of ['for owners', 'note', 'offline', 'draft', 'missing', 'older version', 'answer there']) {
    expect([key, ...(await facts(file(key)))]).toEqual([key, ...reference]);
  }
  expect(await facts(`/api/portal/files/${theirs}/${idOf('file theirs')}`)).toEqual(reference);
  expect(await facts(`/api/portal/files/${randomUUID()}/${idOf('file for tenants')}`)).toEqual(reference);
  expect(await facts(`/api/portal/files/${ours}/..%2f..%2fsecret`)).toEqual(reference);
});
