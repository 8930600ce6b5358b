import { z } from 'zod';
import { id as idSchema } from '../lib/schemas.ts';
import type { JsonValue } from './changes.ts';
import { canonicalJson, type RowClock, type RowState, type Stamp } from './merge.ts';

/**
 * The checksum of a table: the sum of the SHA-256 of its rows modulo 2^256, so that it does not depend on an order.
 * Both databases come to the same bytes, since a row is put into words here.
 */

const fieldLists = z.array(
  z.strictObject({ entity: z.string().min(1).max(60), fields: z.array(z.string().max(60)).max(200) }),
);

export const checksumsRequest = z.strictObject({ protocol: z.int().min(1), tables: fieldLists.max(200) });

/** Only of the tables whose fields both sides know alike. `head` is the sequence that the sums stand for. */
export const checksumsResponse = z.strictObject({
  epoch: idSchema,
  head: z.int().min(0),
  tables: z.array(
    z.strictObject({ entity: z.string(), rows: z.int().min(0), sum: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type TableSum = z.infer<typeof checksumsResponse>['tables'][number];

/** A row with its clock as text: the same for the same row, whatever the database and the order of keys in it. */
export function rowText(fields: readonly string[], id: string, state: RowState): string {
  return JSON.stringify(
    fields.map((field) => {
      if (field === 'id') return id;
      if (field === 'clock') return clockWords(state.clock);
      return plain(state.fields[field] ?? null);
    }),
  );
}

function plain(value: JsonValue): JsonValue {
  return value !== null && typeof value === 'object' ? canonicalJson(value) : value;
}

function clockWords({ row, groups }: RowClock): JsonValue {
  const names = Object.keys(groups).sort();
  return [stampWords(row), names.map((name) => [name, stampWords(groups[name] ?? null)])];
}

function stampWords(stamp: Stamp | null): JsonValue {
  return stamp === null ? null : [stamp.hlc, stamp.change, stamp.by];
}

const modulus = 2n ** 256n;

/** Adds up rows. `sha256` answers the hash of a text as 64 hexadecimal digits. */
export function tableSum(entity: string, sha256: (text: string) => string) {
  let sum = 0n;
  let rows = 0;
  return {
    add: (text: string): void => {
      sum = (sum + BigInt(`0x${sha256(text)}`)) % modulus;
      rows += 1;
    },
    result: (): TableSum => ({ entity, rows, sum: sum.toString(16).padStart(64, '0') }),
  };
}
