import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonValue } from './changes.ts';
import { entities } from './entities.ts';
import { canonicalJson } from './merge.ts';
import * as protocol from './protocol.ts';

/**
 * The wire of every released version: what desks and viewers say to each other, and what each entity holds. Whoever
 * changes it moves `protocolVersion` and adds a line; a line that stands here never changes.
 */
const released: Readonly<Record<number, string>> = {
  1: 'a7cd01eb504a4ef7',
};

it('moves its version with every change of the wire', () => {
  const messages = Object.entries(protocol).flatMap(([name, schema]): (readonly [string, z.ZodType])[] =>
    schema instanceof z.ZodType ? [[name, schema]] : [],
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

function shapeOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { unrepresentable: 'any' });
}
