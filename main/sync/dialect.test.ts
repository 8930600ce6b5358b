import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationError } from '../../shared/lib/errors.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { type DeskDatabase, openDatabase } from '../db/database.ts';
import { openMeta } from '../db/meta.ts';
import { neededFor, olderSide, openDialect } from './dialect.ts';

let folder: string;
let database: DeskDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treppenhaus-dialect-'));
  database = openDatabase({ path: join(folder, 'desk.sqlite'), key: Buffer.alloc(32, 1) });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe('the protocol in common', () => {
  /** A viewer of some version, and what it was asked in. */
  const viewer = (version: number) => {
    const asked: number[] = [];
    return {
      asked,
      say: (protocol: number): Promise<string> => {
        asked.push(protocol);
        return protocol > version
          ? Promise.reject(new OperationError('protocol-too-new', { server: version }))
          : Promise.resolve(`in ${protocol}`);
      },
    };
  };

  it('is the desk’s own with a viewer of its age, which is remembered', async () => {
    const meta = openMeta(database.sqlite);
    const dialect = openDialect(meta, () => 0);
    expect(dialect.isSure(protocolVersion)).toBe(false);
    expect(await dialect.speak(viewer(protocolVersion).say)).toBe(`in ${protocolVersion}`);
    expect(openDialect(meta, () => 0).isSure(protocolVersion)).toBe(true);
  });

  it('is the older one with an older viewer, until that is updated', async () => {
    let now = 0;
    const dialect = openDialect(openMeta(database.sqlite), () => now);
    const old = viewer(1);
    expect(await dialect.speak(old.say)).toBe('in 1');
    expect(await dialect.speak(old.say)).toBe('in 1');
    expect(old.asked).toEqual([2, 1, 1]);
    expect([dialect.version(), dialect.isSure(2)]).toEqual([1, false]);
    const updated = viewer(2);
    now += 6 * 60_000;
    expect(await dialect.speak(updated.say)).toBe('in 2');
    expect([dialect.version(), dialect.isSure(2)]).toEqual([2, true]);
  });

  it('is none with a viewer from before the first, or of one that no longer speaks the desk’s', async () => {
    const dialect = openDialect(openMeta(database.sqlite), () => 0);
    await expect(dialect.speak(viewer(0).say)).rejects.toMatchObject({ code: 'protocol-too-new' });
    const newer = () => Promise.reject(new OperationError('protocol-too-old', { server: 9, oldest: 8 }));
    await expect(dialect.speak(newer)).rejects.toMatchObject({ code: 'protocol-too-old' });
    expect([olderSide('protocol-too-new'), olderSide('protocol-too-old'), olderSide('offline')]).toEqual([
      'viewer',
      'desk',
      null,
    ]);
  });
});

it('knows which version a change needs', () => {
  const change = (entity: string, set: Readonly<Record<string, string>>) => ({
    id: v7(),
    entity,
    entityId: v7(),
    set: { ...set },
    base: {},
    hlc: '',
  });
  expect(neededFor([change('person', { lastName: 'x' })])).toBe(1);
  expect(neededFor([change('person', { lastName: 'x' }), change('erasure', { entity: 'person' })])).toBe(2);
  expect(neededFor([change('someday', {})])).toBe(protocolVersion);
});
