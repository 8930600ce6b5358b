import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import * as operations from './viewer/web/lib/operations.ts';

/** Bundles what `viewer/web/lib/operations.ts` says instead of the schemas it is derived from. */
function evaluatedOperations(): Plugin {
  const statements = Object.entries(operations).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)};`,
  );
  return {
    name: 'evaluated-operations',
    enforce: 'pre',
    load: (id) =>
      id.endsWith('/viewer/web/lib/operations.ts') ? { code: statements.join('\n'), map: null } : undefined,
  };
}

/**
 * The portal. Its pages run under a strict content security policy: no inline script, no data: script, no eval, and
 * styles by nonce. Whoever serves index.html puts a fresh nonce in the place of `__CSP_NONCE__`.
 */
export default defineConfig({
  root: 'viewer/web',
  base: '/',
  plugins: [evaluatedOperations(), react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    outDir: '../../out/portal',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One style sheet: in pieces, the component library's rules would come after those that adapt them.
    cssCodeSplit: false,
    rolldownOptions: {
      // What the first page needs in one file: in twenty small ones it compresses worse and takes longer to fetch.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
});
