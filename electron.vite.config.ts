import { cpSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The test Electron runs main on Node 20, and so does nothing newer ship: the bundle must not assume more. */
const target = 'node20';

/** Everything is bundled so that the package stays small; only the native addon and Electron itself stay outside. */
const external = ['electron', 'better-sqlite3'];

/** The service reads the migrations of its database from files beside its bundle. */
const migrations = {
  name: 'desk-migrations',
  closeBundle: () => cpSync('main/db/migrations', 'out/main/migrations', { recursive: true }),
};

export default defineConfig({
  main: {
    plugins: [migrations],
    build: {
      target,
      outDir: 'out/main',
      externalizeDeps: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: { index: 'main/index.ts', service: 'main/service/process.ts' },
        external,
        // Loaded before Electron is ready, whatever loads it: a module would be waited for by some loaders only.
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target,
      outDir: 'out/preload',
      externalizeDeps: false,
      minify: false,
      rolldownOptions: {
        input: { index: 'preload/index.ts' },
        external: ['electron'],
        // A sandboxed preload can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: 'out/renderer',
      emptyOutDir: true,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
