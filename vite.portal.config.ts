import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The portal. Its pages run under a strict content security policy: no inline script, no data: script, no eval. */
export default defineConfig({
  root: 'viewer/web',
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2022',
    outDir: '../../out/portal',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
