import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonValue } from './changes.ts';
import * as checksum from './checksum.ts';
import { entities, findEntity } from './entities.ts';
import * as fork from './fork.ts';
import { canonicalJson } from './merge.ts';
import * as protocol from './protocol.ts';
import * as snapshot from './snapshot.ts';
import version1 from './wire-1.json' with { type: 'json' };

/**
 * The wire of every released version: what desks and viewers say to each other, and what each entity holds. Whoever
 * changes it moves `protocolVersion` and adds a line; a line that stands here never changes.
 */
const released: Readonly<Record<number, string>> = {
  1: 'a7cd01eb504a4ef7',
  2: '4cb2a741c2f27230',
};

it('moves its version with every change of the wire', () => {
  const messages = Object.entries({ ...protocol, ...snapshot, ...checksum, ...fork }).flatMap(
    ([name, schema]): (readonly [string, z.ZodType])[] => (schema instanceof z.ZodType ? [[name, schema]] : []),
  );
  const wire = {
    messages: Object.fromEntries(messages.map(([name, schema]) => [name, shapeOf(schema)])),
    entities: Object.fromEntries(
      Object.values(entities).map((entity) => [
        entity.name,
        {
          fields: shapeOf(entity.schema),
          groups: entity.fieldsOf,
          immutable: [...entity.immutable].sort(),
          serverOnly: [...entity.serverOnly].sort(),
          notAfterClock: [...entity.notAfterClock].sort(),
          since: entity.since,
          added: entity.added,
          writers: entity.writers,
        },
      ]),
    ),
  };
  const hash = createHash('sha256')
    .update(canonicalJson(wire as unknown as JsonValue))
    .digest('hex')
    .slice(0, 16);
  expect(messages.length).toBeGreaterThan(5);
  expect({ version: protocol.protocolVersion, hash }).toEqual({
    version: protocol.protocolVersion,
    hash: released[protocol.protocolVersion],
  });
});

it('only ever adds to what the first version holds, and names what came later', () => {
  for (const [name, groups] of Object.entries(version1)) {
    const definition = findEntity(name);
    expect(definition?.since, name).toBe(1);
    if (definition === undefined) continue;
    // A group never grows: an older program sends it without the new field, and is refused.
    expect(definition.fieldsOf).toMatchObject(groups);
    const later = Object.keys(definition.shape).filter((field) => !Object.values(groups).flat().includes(field));
    for (const field of later) expect(definition.added[field]?.since, `${name}.${field}`).toBeGreaterThan(1);
  }
  for (const { name, since } of Object.values(entities)) {
    if (!Object.hasOwn(version1, name)) expect(since, name).toBeGreaterThan(1);
  }
  expect(Object.keys(version1).length).toBeGreaterThan(20);
});

function shapeOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { unrepresentable: 'any' });
}
