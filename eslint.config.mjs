import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));
// Rows of a query and parsed JSON come as `any`: these rules would ask for a cast at each of them. That nobody writes
// `any` is what no-explicit-any sees to.
const unsafe = ['assignment', 'member-access', 'argument', 'call', 'return', 'function-type'];

export default defineConfig(
  { ignores: ['dist/', '.build/', 'node_modules/', '.hookline/', 'coverage/', 'web/src/api/schema.d.ts'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'no-control-regex': 'off', // what senders and receivers write holds control characters, and we look for them
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: readonly([...Object.getOwnPropertyNames(globalThis), 'require', 'module']) },
  },
  {
    files: ['web/**/*.js'],
    languageOptions: { globals: readonly(['document', 'window', 'localStorage', 'matchMedia']) },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...Object.fromEntries(unsafe.map((name) => [`@typescript-eslint/no-unsafe-${name}`, 'off'])),
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/require-await': 'off', // an interface may ask for a promise where there is nothing to wait for
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  { files: ['src/**/*.ts'], ignores: ['src/main.ts', '**/*.spec.ts'], rules: { 'no-console': 'error' } },
  {
    // A test looks into answers of unknown shape all the time.
    files: ['**/*.{spec,test}.{ts,tsx}', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
