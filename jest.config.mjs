import { readFileSync } from 'node:fs';

const swcrc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', { ...swcrc, swcrc: false, module: { type: 'es6' } }],
    // light-my-request requires the ESM-only `cookie`, which Node 20 cannot do inside jest.
    '/node_modules/cookie/.+\\.js$': [
      '@swc/jest',
      { swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!cookie/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

const project = (name, roots, testMatch, rest = {}) => ({
  ...base,
  displayName: name,
  roots: roots.map((root) => `<rootDir>/${root}`),
  testMatch,
  ...rest,
});
const withDatabase = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  testTimeout: 60_000,
  projects: [
    project('unit', ['src', 'migrations', 'web/src'], ['**/*.{spec,test}.ts']),
    project('integration', ['test/integration'], ['**/*.test.ts'], withDatabase),
    project('e2e', ['test/e2e'], ['**/*.test.ts'], withDatabase),
    project('browser', ['test/browser'], ['**/*.test.ts'], {
      ...withDatabase,
      globalSetup: '<rootDir>/test/support/browser-setup.mjs',
    }),
  ],
};
