import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const folders = '{bench,build,main,preload,renderer,shared,viewer,tests}';
const exclude = ['**/node_modules/**', 'out/**', 'dist/**', 'tests/journeys/**'];

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: [...exclude, '**/*.pg.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [`${folders}/**/*.pg.test.ts`],
          exclude,
          globalSetup: ['tests/setup/postgres.ts'],
        },
      },
    ],
  },
});
