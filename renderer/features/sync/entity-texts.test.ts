import { describe, expect, it } from 'vitest';
import { entities } from '../../../shared/sync/entities.ts';
import { textsFor } from '../../../shared/ui/texts.ts';
import { entityTexts, entityWord, fieldWord } from './entity-texts.ts';

const models = Object.values(entities).map(({ name, shape }) => ({ name, fields: [...Object.keys(shape), 'deleted'] }));

describe('the words of the journal', () => {
  it.each(models)('name $name and all its fields, in both languages', ({ name, fields }) => {
    const missing = fields.filter((field) => fieldWord(name, field) === null);
    expect(missing).toEqual([]);
    expect(entityWord(name)).not.toBeNull();
    for (const language of ['de', 'en'] as const) {
      const say = textsFor(language, entityTexts);
      for (const field of fields) {
        const word = fieldWord(name, field);
        expect(word === null ? '' : say(word)).toMatch(/^\p{Lu}/u);
      }
    }
  });

  it('tell a job from an order', () => {
    expect(fieldWord('staff', 'position')).toBe('field.staff.position');
    expect(fieldWord('topic', 'position')).toBe('field.position');
  });

  it('know nothing of what a newer version brought', () => {
    expect([entityWord('ledgerAccount'), fieldWord('property', 'heating')]).toEqual([null, null]);
    expect(entityWord('constructor')).toBeNull();
  });
});
