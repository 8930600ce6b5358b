import type { z } from 'zod';
import { accountsOperations } from '../features/accounts/contract.ts';
import { activitiesOperations } from '../features/activities/contract.ts';
import { documentsOperations } from '../features/documents/contract.ts';
import { filesOperations } from '../features/files/contract.ts';
import { importsOperations } from '../features/imports/contract.ts';
import { noticesOperations } from '../features/notices/contract.ts';
import { peopleOperations } from '../features/people/contract.ts';
import { propertiesOperations } from '../features/properties/contract.ts';
import { settingsOperations } from '../features/settings/contract.ts';
import { syncOperations } from '../features/sync/contract.ts';
import { named, type OperationDefinition } from './define.ts';

/** Every operation by its full name. */
export const operations = {
  ...named('settings', settingsOperations),
  ...named('properties', propertiesOperations),
  ...named('people', peopleOperations),
  ...named('documents', documentsOperations),
  ...named('notices', noticesOperations),
  ...named('activities', activitiesOperations),
  ...named('accounts', accountsOperations),
  ...named('imports', importsOperations),
  ...named('files', filesOperations),
  ...named('sync', syncOperations),
} as const;

export type Operations = typeof operations;
export type OperationName = keyof Operations;

/** What a caller passes: fields with a default may be left out. */
export type Input<N extends OperationName> = z.input<Operations[N]['input']>;
/** What a handler receives. */
export type ParsedInput<N extends OperationName> = z.output<Operations[N]['input']>;
export type Output<N extends OperationName> = z.output<Operations[N]['output']>;

export type DeskOperationName = {
  [N in OperationName]: Operations[N] extends { readonly desk: true } ? N : never;
}[OperationName];
export type HttpOperationName = {
  [N in OperationName]: Operations[N] extends { readonly http: object } ? N : never;
}[OperationName];

type FeatureOf<N extends string> = N extends `${infer F}.${string}` ? F : never;
export type Feature = FeatureOf<OperationName>;

/** Handlers of one feature on one transport: a missing one is a compile error, a foreign one too. */
export type FeatureHandlers<Names extends OperationName, F extends Feature, Context> = {
  readonly [N in Extract<Names, `${F}.${string}`>]: (
    context: Context,
    input: ParsedInput<N>,
  ) => Output<N> | Promise<Output<N>>;
};

/** Handlers of a whole transport. */
export type Handlers<Names extends OperationName, Context> = {
  readonly [N in Names]: (context: Context, input: ParsedInput<N>) => Output<N> | Promise<Output<N>>;
};

/** The definition by name; undefined for a name nobody declared. */
export function findOperation(name: string): OperationDefinition | undefined {
  return Object.hasOwn(operations, name)
    ? (operations as Readonly<Record<string, OperationDefinition>>)[name]
    : undefined;
}

export const deskOperationNames = Object.entries(operations).flatMap(([name, definition]) =>
  'desk' in definition ? [name as DeskOperationName] : [],
);

export const httpOperationNames = Object.entries(operations).flatMap(([name, definition]) =>
  'http' in definition ? [name as HttpOperationName] : [],
);
