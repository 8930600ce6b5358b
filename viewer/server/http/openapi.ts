import { z } from 'zod';
import type { OperationDefinition } from '../../../shared/contract/define.ts';
import { pathFields } from '../../../shared/contract/http.ts';
import { httpOperationNames, operations } from '../../../shared/contract/registry.ts';
import { errorCodes } from '../../../shared/lib/errors.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** The OpenAPI 3.1 document of all HTTP operations, from the definitions that serve them. */
export function openApiDocument(): JsonObject {
  const schemas: Record<string, Json> = { Error: errorSchema };
  const paths: Record<string, Record<string, Json>> = {};
  for (const name of httpOperationNames) {
    const definition: OperationDefinition = operations[name];
    if (definition.http === undefined) continue;
    const path = definition.http.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [definition.http.method.toLowerCase()]: operation(name, definition, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Treppenhaus viewer',
      version: '1',
      description: 'Every answer is an envelope: `{ok: value}` or `{error: {code, details}}`.',
    },
    paths,
    components: {
      schemas,
      securitySchemes: {
        resident: { type: 'apiKey', in: 'cookie', name: 'treppenhaus.session_token' },
        device: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(name: string, definition: OperationDefinition, schemas: Record<string, Json>): JsonObject {
  const input = schemaOf(`${name}.input`, definition.input, 'input', schemas);
  const output = schemaOf(`${name}.output`, definition.output, 'output', schemas);
  const properties = (input.properties ?? {}) as JsonObject;
  const required = (input.required ?? []) as readonly string[];
  const inPath = pathFields(definition.http?.path ?? '');
  const rest = Object.keys(properties).filter((field) => !inPath.includes(field));
  const inQuery = definition.http?.method === 'GET' || definition.http?.method === 'DELETE';
  const parameter = (place: string) => (field: string) => ({
    name: field,
    in: place,
    required: place === 'path' || required.includes(field),
    schema: properties[field] ?? {},
  });
  const body = {
    ...input,
    properties: pick(properties, rest),
    required: required.filter((field) => rest.includes(field)),
  };
  return {
    operationId: name,
    tags: [name.split('.')[0] ?? ''],
    summary: definition.summary,
    security: definition.audience === 'anonymous' ? [] : [{ [definition.audience]: [] }],
    parameters: [...inPath.map(parameter('path')), ...(inQuery ? rest.map(parameter('query')) : [])],
    ...(inQuery ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      '200': { description: 'Done', content: json({ type: 'object', required: ['ok'], properties: { ok: output } }) },
      default: { description: 'Not done', content: json({ $ref: '#/components/schemas/Error' }) },
    },
  };
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, object[name] ?? {}]));
}

/** The JSON schema of one side of an operation; shared and recursive parts move to the components. */
function schemaOf(owner: string, schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, Json>): JsonObject {
  const plain = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  const { $schema: _, $defs, ...own } = JSON.parse(JSON.stringify(plain)) as Record<string, Json>;
  const move = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(move);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) =>
        key === '$ref' && typeof inner === 'string'
          ? [key, inner.replace('#/$defs/', `#/components/schemas/${owner}.`)]
          : [key, move(inner)],
      ),
    );
  };
  for (const [key, value] of Object.entries(($defs ?? {}) as JsonObject)) schemas[`${owner}.${key}`] = move(value);
  return move(own) as JsonObject;
}

const errorSchema: JsonObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'details'],
      properties: { code: { enum: [...errorCodes] }, details: { type: 'object' } },
    },
  },
};
