import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { entities } from './entities.ts';
import { defineEntity } from './entity.ts';
import { isMasked, maskedText, redact } from './redact.ts';

const account = defineEntity(
  'account',
  { iban: z.string().nullable(), pin: z.string(), name: z.string() },
  { secret: { iban: 'tail', pin: 'all' } },
);

describe('redact', () => {
  it('keeps the last four characters of what people must recognise, and nothing of a secret', () => {
    const told = redact(account, { iban: 'DE89 3704 0044 0532 0130 00', pin: '4711', name: 'Haus' });
    expect(told).toEqual({ iban: { masked: '•••• 3000' }, pin: { masked: '••••' }, name: 'Haus' });
    expect(JSON.stringify(told)).not.toMatch(/3704|4711/);
  });

  it('says that something was empty, since that tells nobody anything', () => {
    expect(redact(account, { iban: null, pin: '' })).toEqual({ iban: null, pin: '' });
  });

  it('leaves nothing of a value so short that its end would be all of it', () => {
    expect(redact(account, { iban: '30 00' })).toEqual({ iban: { masked: '••••' } });
  });

  it('masks what is masked already no further', () => {
    const once = redact(account, { iban: 'DE89370400440532013000' });
    expect(redact(account, once)).toEqual(once);
  });

  it('masks what this version does not know, for it may be a secret of a newer one', () => {
    expect(redact(account, { bic: 'GENODEF1' })).toEqual({ bic: { masked: '••••' } });
    expect(redact(undefined, { bic: 'GENODEF1', deleted: false })).toEqual({
      bic: { masked: '••••' },
      deleted: false,
    });
  });

  it('tells a masked value from any other', () => {
    expect(isMasked({ masked: '••••' })).toBe(true);
    expect(isMasked('•••• 3000')).toBe(false);
    expect(isMasked({ masked: '••••', more: 1 })).toBe(false);
    expect(isMasked(null)).toBe(false);
  });
});

describe('maskedText', () => {
  it('shows the end of an IBAN however it is typed', () => {
    expect(maskedText('DE89370400440532013000', 'tail')).toBe('•••• 3000');
  });
});

describe('the models', () => {
  it('name the bank account of a property a secret', () => {
    expect(redact(entities.property, { iban: 'DE89370400440532013000' })).toEqual({ iban: { masked: '•••• 3000' } });
  });

  it('refuse a secret that is no field', () => {
    expect(() => defineEntity('x', { name: z.string() }, { secret: { pin: 'all' } as never })).toThrow('secret');
  });
});
