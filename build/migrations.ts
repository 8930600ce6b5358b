import { databases, generate } from './migrations/drizzle.ts';

/** `npm run migrations -- <name>`: writes what is missing between the last migrations and the tables, for both databases. */
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Name the change, in lower case with underscores: npm run migrations -- add_unit_rent');
  process.exit(2);
}
try {
  for (const database of databases) {
    const files = await generate(database, name);
    console.log(files.length === 0 ? `${database.name}: nothing to do` : `${database.name}: ${files.join(', ')}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
