import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./viewer/server/db/schema.ts', './viewer/server/db/auth-schema.ts', './viewer/server/features/*/table.ts'],
  out: './viewer/server/db/migrations',
});
