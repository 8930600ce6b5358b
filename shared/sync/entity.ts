import { z } from 'zod';
import { id } from '../lib/schemas.ts';
import type { JsonValue } from './changes.ts';

/**
 * A synced entity: its fields (zod), its merge groups, and who may write what. Fields that only make sense together form
 * a merge group, the unit of last-writer-wins; every other field is a group of its own name. Each entity also has the
 * register `deleted`: absence never deletes, restoring is an explicit act.
 */
export interface EntityDefinition<Name extends string = string, Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: Name;
  readonly shape: Shape;
  readonly schema: z.ZodObject<Shape>;
  /** Declared groups: group → its fields. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Groups that keep their first value: entry bodies, receipts. */
  readonly immutable: ReadonlySet<string>;
  /** Groups only the server sets: numbers, delivery facts. A device that sends one is refused. */
  readonly serverOnly: ReadonlySet<string>;
  /** Group of each field. */
  readonly groupOf: Readonly<Record<string, string>>;
  /** Fields of every group, declared or single. */
  readonly fieldsOf: Readonly<Record<string, readonly string[]>>;
  /** Fields that must never stand in the journal or a log in clear (`redact.ts`). */
  readonly secret: Readonly<Partial<Record<string, SecretKind>>>;
  /** Instants and clocks (fields) that never lie after the clock of their merge group, whatever a wrong clock says. */
  readonly notAfterClock: ReadonlySet<string>;
  /** Protocol version that first knew it. */
  readonly since: number;
  /** Fields that came after the entity: the protocol version, and what rows of older programs hold. */
  readonly added: Readonly<Partial<Record<string, AddedField>>>;
  /** Roles that may write it at a desk; the viewer checks. */
  readonly writers: 'staff' | 'manager' | 'server';
}

/** A field that came later. A declared group never gets one: older programs send the group without it. */
export interface AddedField {
  readonly since: number;
  readonly initial: JsonValue;
}

/** What may be told of a secret: its last four characters (a bank account), or only that there is one. */
export type SecretKind = 'tail' | 'all';

/** The register of deletion: a field and a group of this name on every entity. */
export const deletedField = 'deleted';

interface EntityOptions<Shape extends z.ZodRawShape> {
  readonly groups?: Readonly<Record<string, readonly (keyof Shape & string)[]>>;
  readonly immutable?: readonly string[];
  readonly serverOnly?: readonly string[];
  readonly secret?: Readonly<Partial<Record<keyof Shape & string, SecretKind>>>;
  readonly notAfterClock?: readonly (keyof Shape & string)[];
  readonly since?: number;
  readonly added?: Readonly<Partial<Record<keyof Shape & string, AddedField>>>;
  readonly writers?: 'staff' | 'manager' | 'server';
}

/** Declares an entity. Throws where a group names a field twice, so a wrong model cannot start. */
export function defineEntity<Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  shape: Shape,
  options: EntityOptions<Shape> = {},
): EntityDefinition<Name, Shape> {
  const groups = options.groups ?? {};
  const groupOf: Record<string, string> = {};
  for (const [group, fields] of Object.entries(groups)) {
    for (const field of fields) {
      if (groupOf[field] !== undefined || !(field in shape)) throw new Error(`${name}: bad merge group ${group}`);
      groupOf[field] = group;
    }
  }
  for (const field of Object.keys(shape)) groupOf[field] ??= field;
  groupOf[deletedField] = deletedField;
  const fieldsOf: Record<string, string[]> = {};
  for (const [field, group] of Object.entries(groupOf)) {
    fieldsOf[group] ??= [];
    fieldsOf[group].push(field);
  }
  for (const group of [...(options.immutable ?? []), ...(options.serverOnly ?? [])]) {
    if (fieldsOf[group] === undefined) throw new Error(`${name}: no merge group ${group}`);
  }
  for (const field of Object.keys(options.secret ?? {})) {
    if (!(field in shape)) throw new Error(`${name}: no field ${field} to be secret`);
  }
  for (const field of [...(options.notAfterClock ?? []), ...Object.keys(options.added ?? {})]) {
    if (!(field in shape)) throw new Error(`${name}: no field ${field}`);
  }
  return {
    name,
    shape,
    schema: z.strictObject(shape) as unknown as z.ZodObject<Shape>,
    groups,
    immutable: new Set(options.immutable),
    serverOnly: new Set(options.serverOnly),
    groupOf,
    fieldsOf,
    secret: options.secret ?? {},
    notAfterClock: new Set(options.notAfterClock),
    since: options.since ?? 1,
    added: options.added ?? {},
    writers: options.writers ?? 'staff',
  };
}

/** The oldest protocol version that can hold a change of these fields. */
export function sinceOf(definition: EntityDefinition, fields: readonly string[]): number {
  return fields.reduce((since, field) => Math.max(since, definition.added[field]?.since ?? 1), definition.since);
}

/** The fields of an entity as a type. */
export type FieldsOf<E> = E extends EntityDefinition<string, infer Shape> ? z.infer<z.ZodObject<Shape>> : never;

/** A row as features read it: the fields and its id. */
export type RowOf<E> = FieldsOf<E> & { id: string };

/** Schema of a row as operations answer it: the fields and the id. */
export function rowSchema<Name extends string, Shape extends z.ZodRawShape>(definition: EntityDefinition<Name, Shape>) {
  return z.strictObject({ id, ...definition.shape });
}
