import { z } from 'zod';
import { colour, email, id, instant, line, requiredLine, sha256 } from '../../lib/schemas.ts';
import { defineEntity, type RowOf } from '../../sync/entity.ts';
import { groupKey } from '../properties/model.ts';

/** Verwaltung: the management company. One row; its id is the organisation's id. */
export const organisationEntity = defineEntity(
  'organisation',
  {
    name: requiredLine(200),
    street: line().nullable(),
    postalCode: line(12).nullable(),
    city: line().nullable(),
    email: email.nullable(),
    phone: line(60).nullable(),
    website: line(200).nullable(),
    logo: sha256.nullable(),
    colour: colour.nullable(),
    /** Months former members still see what was theirs. */
    formerMemberMonths: z.int().min(0).max(240),
  },
  { groups: { address: ['street', 'postalCode', 'city'] }, writers: 'manager' },
);
export type Organisation = RowOf<typeof organisationEntity>;

export const staffRoles = ['manager', 'clerk'] as const;

/** Verwalter or Sachbearbeiter: a person who works at a desk. */
export const staffEntity = defineEntity(
  'staff',
  {
    name: requiredLine(200),
    email,
    role: z.enum(staffRoles),
    position: line(120).nullable(),
    phone: line(60).nullable(),
    photo: sha256.nullable(),
    active: z.boolean(),
  },
  { writers: 'manager' },
);
export type Staff = RowOf<typeof staffEntity>;

/** Gerät: one installed desk. Created and revoked by the viewer. */
export const deviceEntity = defineEntity(
  'device',
  {
    name: requiredLine(120),
    staffId: id,
    appVersion: line(40),
    pairedAt: instant,
    lastContactAt: instant.nullable(),
    revokedAt: instant.nullable(),
  },
  { groups: { pairing: ['staffId', 'pairedAt'], contact: ['lastContactAt', 'appVersion'] }, writers: 'server' },
);
export type Device = RowOf<typeof deviceEntity>;

/** Gruppe: the editable label of one of the four fixed groups. */
export const groupEntity = defineEntity('group', { key: groupKey, label: requiredLine(60) }, { immutable: ['key'] });
export type Group = RowOf<typeof groupEntity>;
