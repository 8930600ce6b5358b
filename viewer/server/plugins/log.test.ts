import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { errorFacts } from './log.ts';

const person = 'Anna Bauer';
const email = 'anna.bauer@example.de';

test('of a database error only its place is kept', () => {
  const database = new DatabaseError(`duplicate key value "${email}"`, 10, 'error');
  Object.assign(database, { code: '23505', detail: `Key (email)=(${email}) already exists.`, table: 'login' });
  const failed = new DrizzleQueryError('insert into login values ($1, $2)', [person, email], database);
  const facts = errorFacts(failed);
  expect(facts).toMatchObject({ type: 'query', cause: { code: '23505', table: 'login' } });
  expect(JSON.stringify(facts)).not.toMatch(/Anna|example\.de/);
});

test('of other errors addresses and quoted texts are left out, also in their causes', () => {
  const cause = new Error(`550 unknown user ${email}`);
  const facts = errorFacts(new Error(`Cannot send to <${email}>: "${person}"`, { cause }));
  expect(facts).toMatchObject({ type: 'Error', message: 'Cannot send to <…>: "…"' });
  expect(JSON.stringify(facts)).not.toMatch(/Anna|example\.de/);
});

test('what is thrown without being an error keeps its type alone', () => {
  expect(errorFacts(email)).toEqual({ type: 'string' });
});
