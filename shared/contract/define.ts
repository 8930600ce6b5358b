import { z } from 'zod';
import { id, line } from '../lib/schemas.ts';

/** Who may call: staff at a desk, a signed-in resident, a paired device, or anybody. */
export type Audience = 'staff' | 'resident' | 'device' | 'anonymous';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * An operation, written once. From it come the desk's handlers, the HTTP routes, OpenAPI, the typed clients and the
 * preload allow-list. With GET and DELETE the input travels in path and query, so its fields are texts or coerce from them.
 */
export interface OperationDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  readonly audience: Audience;
  /** Served by the desk service (IPC and browser host). */
  readonly desk?: true;
  /** Served by the viewer; `:name` in the path is an input field. */
  readonly http?: { readonly method: HttpMethod; readonly path: `/api/${string}` };
  /** Largest input in bytes of JSON; 256 kB unless told. */
  readonly maxBytes?: number;
  /** One sentence for the API reference. */
  readonly summary: string;
}

export const defaultMaxBytes = 256 * 1024;

/** Declares a feature's operations, keeping the exact types. */
export function defineOperations<const Ops extends Readonly<Record<string, OperationDefinition>>>(
  operations: Ops,
): Ops {
  return operations;
}

type Prefixed<F extends string, Ops> = { readonly [K in keyof Ops & string as `${F}.${K}`]: Ops[K] };

/** Gives a feature's operations their full names: `notices.publish`. */
export function named<const F extends string, const Ops extends Readonly<Record<string, OperationDefinition>>>(
  feature: F,
  operations: Ops,
): Prefixed<F, Ops> {
  return Object.fromEntries(Object.entries(operations).map(([key, value]) => [`${feature}.${key}`, value])) as Prefixed<
    F,
    Ops
  >;
}

/** Nothing to say. */
export const nothing = z.strictObject({});
export const idInput = z.strictObject({ id });
export const idsInput = z.strictObject({ ids: z.array(id).min(1).max(10_000) });

/** A window of a sorted, filtered list. `sort` is a column of that list; a leading `-` sorts descending. */
export const listFields = {
  query: line(200).default(''),
  sort: z.string().max(40).default(''),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
};

/** The window and the size of the whole list. */
export function page<T extends z.ZodType>(row: T) {
  return z.strictObject({ total: z.int().min(0), rows: z.array(row) });
}
