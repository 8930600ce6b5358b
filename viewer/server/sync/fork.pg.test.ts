import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { newTopic, type PairedDevice, pairCompany, pairDevice } from '../../../tests/setup/paired.ts';
import { startTestViewer, type TestViewer } from '../../../tests/setup/viewer.ts';
import { readStates } from './rows.ts';

let viewer: TestViewer;
let desk: PairedDevice;
let clerk: PairedDevice;

beforeAll(async () => {
  viewer = await startTestViewer();
});
afterAll(() => viewer?.stop());
beforeEach(async () => {
  // Past the limit of pairings.
  viewer.forward(15 * 60_000);
  ({ manager: desk, clerk } = await pairCompany(viewer));
});

const topic = (seq?: number) => clerk.changeset([newTopic('Aufzug')], seq);
const forked = { code: 'device-forked' };
const log = async () => (await desk.call('sync.pull', { protocol: protocolVersion, cursor: 0 })).changes;
const nameOf = async (id: string) =>
  (
    await viewer.viewer.company(desk.organisationId, ({ tx }) => readStates(tx, desk.organisationId, 'device', [id]))
  ).get(id)?.fields.name;

describe('a push', () => {
  test('whose answer was lost is repeated as often as it takes, in other batches too', async () => {
    const [a, b, c] = [topic(), topic(), topic()];
    await clerk.push(a, b);
    expect(await clerk.push(a, b)).toEqual(['applied', 'applied']);
    expect(await clerk.push(a)).toEqual(['applied']);
    expect(await clerk.push(b, c)).toEqual(['applied', 'applied']);
    expect(await clerk.push(a, b, c)).toEqual(['applied', 'applied', 'applied']);
  });

  test('is repeated where it was refused', async () => {
    const bad = clerk.changeset([
      {
        entity: 'device',
        id: v7(),
        set: {
          name: 'X',
          staffId: v7(),
          appVersion: '1',
          pairedAt: '2026-01-01T00:00:00.000Z',
          lastContactAt: null,
          revokedAt: null,
        },
      },
    ]);
    expect(await clerk.push(bad)).toEqual(['rejected']);
    expect(await clerk.push(bad)).toEqual(['rejected']);
  });

  test('may leave numbers out', async () => {
    expect(await clerk.push(topic(7))).toEqual(['applied']);
    expect(await clerk.push(topic(900))).toEqual(['applied']);
  });

  test('with a number that was taken by another changeset comes from a copy: nothing of it is applied', async () => {
    await clerk.push(topic(1), topic(2));
    const before = (await log()).length;
    const [second, third] = [topic(2), topic(3)];
    await expect(clerk.push(second, third)).rejects.toMatchObject(forked);
    await expect(clerk.push(topic(1))).rejects.toMatchObject(forked);
    expect(await log()).toHaveLength(before);
    // The other copy works on.
    expect(await clerk.push(topic(3))).toEqual(['applied']);
    await expect(clerk.push(third)).rejects.toMatchObject(forked);
  });

  test('with the last number and another payload under the same id comes from a copy', async () => {
    const first = topic(1);
    await clerk.push(first);
    const [change] = first.changes;
    if (change === undefined) throw new Error('No change');
    const other = { ...first, changes: [{ ...change, set: { ...change.set, name: 'Keller' } }] };
    await expect(clerk.push(other)).rejects.toMatchObject(forked);
    expect(await clerk.push(first)).toEqual(['applied']);
  });

  test('of two copies at the same moment is one’s', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => clerk.push(topic(1))));
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('of an older desk, which knows no copies, passes as ever', async () => {
    const old = async (...seqs: number[]) =>
      (await clerk.call('sync.push', { protocol: 1, changesets: seqs.map((seq) => topic(seq)) })).verdicts.map(
        ({ verdict }) => verdict,
      );
    expect(await old(5, 6)).toEqual(['applied', 'applied']);
    expect(await old(5, 6)).toEqual(['applied', 'applied']);
    // Updated, it counts on from there.
    await expect(clerk.push(topic(6))).rejects.toMatchObject(forked);
    expect(await clerk.push(topic(7))).toEqual(['applied']);
  });
});

describe('a fork', () => {
  const fresh = () => {
    const token = randomBytes(32).toString('base64url');
    return { token, forkId: v7(), tokenHash: createHash('sha256').update(token).digest('hex') };
  };
  const ask = (device: Pick<PairedDevice, 'call'>, { forkId, tokenHash }: ReturnType<typeof fresh>) =>
    device.call('sync.fork', { protocol: protocolVersion, forkId, tokenHash });

  test('is a device of its own, and the old one stays', async () => {
    await clerk.push(topic(1));
    const wish = fresh();
    const made = await ask(clerk, wish);
    expect(made).toMatchObject({ deviceName: 'Laptop Carl (Kopie)' });
    expect(made.deviceId).not.toBe(clerk.deviceId);
    const copy = viewer.asDevice(wish.token);
    const push = (seq: number) => copy('sync.push', { protocol: protocolVersion, changesets: [topic(seq)] });
    expect((await push(1)).verdicts).toMatchObject([{ verdict: 'applied' }]);
    expect(await clerk.push(topic(2))).toEqual(['applied']);
    const authors = (await log()).flatMap(({ author, change }) =>
      author.kind === 'staff' && change.entity === 'topic' ? [author.deviceId] : [],
    );
    expect(authors).toEqual([clerk.deviceId, made.deviceId, clerk.deviceId]);
    expect(await nameOf(clerk.deviceId)).toBe('Laptop Carl');
  });

  test('asked again, by both hands at once, is the same device', async () => {
    const wish = fresh();
    const answers = await Promise.all([ask(clerk, wish), ask(clerk, wish), ask(clerk, wish)]);
    expect(new Set(answers.map((answer) => answer.deviceId)).size).toBe(1);
    expect((await ask(clerk, wish)).deviceName).toBe('Laptop Carl (Kopie)');
  });

  test('of a fork and of another copy have names of their own', async () => {
    const [first, second] = [fresh(), fresh()];
    await ask(clerk, first);
    expect((await ask(clerk, second)).deviceName).toBe('Laptop Carl (Kopie 2)');
    const third = fresh();
    expect((await ask({ call: viewer.asDevice(first.token) }, third)).deviceName).toBe('Laptop Carl (Kopie 3)');
  });

  test('of a name that fills its field still fits', async () => {
    await desk.call('sync.renameDevice', { id: clerk.deviceId, name: 'N'.repeat(120) });
    const { deviceName } = await ask(clerk, fresh());
    expect(deviceName.length).toBeLessThanOrEqual(120);
    expect(deviceName).toMatch(/N \(Kopie\)$/);
  });

  test('cannot take a wish or a token of somebody else', async () => {
    const wish = fresh();
    await ask(clerk, wish);
    await expect(ask(desk, wish)).rejects.toMatchObject({ code: 'conflict' });
    await expect(ask(clerk, { ...fresh(), forkId: wish.forkId })).rejects.toMatchObject({ code: 'conflict' });
    await expect(ask(clerk, { ...wish, forkId: v7() })).rejects.toMatchObject({ code: 'conflict' });
    const stranger = await pairDevice(viewer, null);
    await expect(ask(stranger, wish)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is nothing for a revoked device, and ends with its own revocation alone', async () => {
    const wish = fresh();
    const { deviceId } = await ask(clerk, wish);
    await desk.call('sync.revokeDevice', { id: clerk.deviceId });
    await expect(ask(clerk, fresh())).rejects.toMatchObject({ code: 'device-revoked' });
    const pull = () => viewer.asDevice(wish.token)('sync.pull', { protocol: protocolVersion, cursor: 0 });
    expect((await pull()).reset).toBe(false);
    await desk.call('sync.revokeDevice', { id: deviceId });
    await expect(pull()).rejects.toMatchObject({ code: 'device-revoked' });
  });

  test('is made a few times an hour, not without end', async () => {
    const outcomes = [];
    for (let count = 0; count < 25; count += 1) outcomes.push(await ask(clerk, fresh()).catch((error) => error.code));
    expect(outcomes.filter((outcome) => outcome === 'too-many-requests')).toHaveLength(5);
  });
});
