import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./main/db/schema.ts', './main/features/*/table.ts'],
  out: './main/db/migrations',
});
