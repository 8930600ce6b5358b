import { defineConfig } from '@playwright/test';

/** `browser` drives desks in the browser host, `electron` the same journeys in real Electron windows. */
export default defineConfig({
  testDir: 'tests/journeys',
  outputDir: 'test-results',
  forbidOnly: true,
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    // The system's Chromium: nothing is downloaded for a test run.
    launchOptions: { executablePath: process.env.CHROMIUM_PATH },
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    trace: process.env.TRACE === '1' ? 'retain-on-failure' : 'off',
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'browser', metadata: { host: 'browser' }, testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', metadata: { host: 'electron' } },
  ],
});
