import type { JsonValue } from './changes.ts';
import { deletedField, type EntityDefinition, type SecretKind } from './entity.ts';

/** What stands in the journal instead of a secret: never the value, so that nobody takes it for one. */
export interface Masked {
  readonly masked: string;
}

const dots = '••••';
/** Characters that stay of a value that people have to recognise. */
const tail = 4;

/** "•••• 3000", or dots alone: what people may see of a secret. */
export function maskedText(value: string, kind: SecretKind): string {
  const signs = value.replace(/\s/g, '');
  return kind === 'tail' && signs.length > 2 * tail ? `${dots} ${signs.slice(-tail)}` : dots;
}

/** Whether a value of the journal was masked; the real one is elsewhere, or nowhere. */
export function isMasked(value: unknown): value is Masked {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'masked' in value && typeof value.masked === 'string' && Object.keys(value).length === 1;
}

/**
 * Fields as the journal and logs may hold them: the secrets of the model masked, empty ones named. What the model does
 * not know is masked as a whole; without a model (an entity of a newer version) that is everything.
 */
export function redact(
  definition: EntityDefinition | undefined,
  fields: Readonly<Record<string, JsonValue>>,
): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]): [string, JsonValue] => {
      const kind = secrecy(definition, field);
      if (kind === null || isEmpty(value) || isMasked(value)) return [field, value];
      const masked = typeof value === 'string' ? maskedText(value, kind) : dots;
      return [field, { masked }];
    }),
  );
}

function secrecy(definition: EntityDefinition | undefined, field: string): SecretKind | null {
  if (field === deletedField) return null;
  if (definition === undefined || definition.groupOf[field] === undefined) return 'all';
  return definition.secret[field] ?? null;
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === '';
}
