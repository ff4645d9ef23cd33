import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readGraph } from './graph.mjs';

const LOADER = "import { createRequire } from 'node:module';";
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

// Every way past the table that we know of: the file, what it says, and the rule that must catch it.
const attempts = [
  ['src/ingest/static.ts', "import { a } from '../runner/a.js'; a;", 'row-ingest'],
  ['src/ingest/type-only.ts', "import type { A } from '../runner/a.js'; export let a: A;", 'row-ingest'],
  ['src/ingest/inline-type.ts', "import { type A } from '../runner/a.js'; export let a: A;", 'row-ingest'],
  ['src/ingest/import-type.ts', "export let a: import('../runner/a.js').A;", 'row-ingest'],
  ['src/ingest/side-effect.ts', "import '../runner/a.js';", 'row-ingest'],
  ['src/ingest/export-from.ts', "export { a } from '../runner/a.js';", 'row-ingest'],
  ['src/ingest/export-all.ts', "export * from '../runner/a.js';", 'row-ingest'],
  ['src/ingest/export-type.ts', "export type { A } from '../runner/a.js';", 'row-ingest'],
  ['src/ingest/dynamic.ts', "export const a = () => import('../runner/a.js');", 'row-ingest'],
  ['src/ingest/require.cts', "const a = require('../runner/a.js'); a;", 'row-ingest'],
  ['src/ingest/import-equals.cts', "import a = require('../runner/a.js'); a;", 'row-ingest'],
  ['src/ingest/reference.ts', '/// <reference path="../runner/a.ts" />\nexport {};', 'row-ingest'],
  ['src/ingest/jsdoc.ts', "/** @type {import('../runner/a.js').A} */\nexport let a: unknown;", 'row-ingest'],
  ['src/ingest/other.spec.ts', "import '../runner/a.js';", 'row-ingest'],
  ['src/ingest/deep/deeper.ts', "import '../../runner/a.js';", 'row-ingest'],
  ['src/ingest/detour.ts', "import '../../src/runner/a.js';", 'row-ingest'],
  ['src/ingest/computed.ts', "const to = '../runner/a.js';\nexport const a = () => import(to);", 'computed-import'],
  ['src/ingest/template.ts', 'export const a = (to: string) => import(`../${to}/a.js`);', 'computed-import'],
  [
    'src/ingest/evaluated.ts',
    'export const a = () => new Function(\'return import("../runner/a.js")\')();',
    'computed-import',
  ],
  ['src/ingest/loader.ts', `${LOADER} createRequire(import.meta.url)('../runner/a.js');`, 'computed-import'],
  ['src/ingest/loader-kept.ts', `${LOADER} const load = createRequire(import.meta.url); load('x');`, 'computed-import'],
  ['src/ingest/loader-passed.ts', `${LOADER} [createRequire].map((load) => load('x'));`, 'computed-import'],
  ['src/ingest/loader-renamed.ts', "import { createRequire as l } from 'node:module'; l('x');", 'computed-import'],
  ['src/ingest/loader-whole.ts', "import * as m from 'module'; m;", 'computed-import'],
  ['src/ingest/machine.ts', "import vm from 'node:vm'; vm;", 'no-vm'],
  ['src/ingest/builtin.ts', "process.getBuiltinModule('node:module');", 'computed-import'],
  ['src/ingest/built.ts', "import '../../dist/src/runner/a.js';", 'src-stands-alone'],
  ['src/ingest/wrong.ts', "import '../runnner/a.js';", 'not-found'],
  ['src/ingest/lower.ts', "import '../alerts/a.js';", 'row-ingest'],
  ['src/runs/pool.ts', "import type { Pool } from 'pg'; export let pool: Pool;", 'home-platform-database'],
  ['src/runs/client.ts', "import axios from 'axios'; axios;", 'home-platform-http'],
  ['src/runs/client-file.ts', "import '../../node_modules/axios/index.js';", 'home-platform-http'],
  ['src/runs/wake.ts', "import { run } from 'graphile-worker'; run;", 'home-platform-queue'],
  ['src/runs/cel.ts', "import { parse } from '@marcbachmann/cel-js'; parse;", 'home-platform-expressions'],
  ['src/runs/dev.ts', "import fc from 'fast-check'; fc;", 'declared-packages'],
  ['src/runs/history.ts', "import '../../migrations/one.js';", 'migrations-home'],
  ['src/runs/helped.ts', "import '../../test/support/s.js';", 'test-support-for-specs'],
  ['src/core/package.ts', "import { z } from 'zod'; z;", 'core-is-pure'],
  ['src/core/node.ts', "import 'node:fs';", 'core-is-pure'],
  ['src/core/upwards.ts', "import type { A } from '../runner/a.js'; export let a: A;", 'row-core'],
  ['src/helpers/lonely.ts', 'export const a = 1;', 'no-row'],
  ['src/platform/odd/a.ts', "import '../../core/c.js';", 'no-row'],
  ['src/platform/loose.ts', "import '../core/c.js';", 'no-row'],
  ['src/runs/circle-a.ts', "import './circle-b.js';", 'no-cycle'],
  ['migrations/two.ts', "import '../src/core/c.js';", 'migrations-stand-alone'],
  ['web/src/features/runs/x.ts', "import '../lists/y.js';", 'web-feature-islands'],
  ['web/src/features/runs/fetch.ts', "import createClient from 'openapi-fetch'; createClient;", 'web-api-home'],
  ['web/src/ui/x.ts', "import '../features/lists/y.js';", 'web-layers'],
  ['web/src/flow/x.ts', "import '../api/client.js';", 'web-flow-is-data'],
  ['web/src/app/x.ts', "import type { A } from '../../../src/runner/a.js'; export let a: A;", 'web-stands-alone'],
];

// What is allowed must not be caught, or the rules would pass by refusing all.
const allowed = [
  ['src/runner/a.ts', "import '../core/c.js'; export interface A { a: 1 } export const a = 1;"],
  [
    'src/alerts/a.ts',
    "import '../ingest/fine.js'; import type { Writable } from 'node:stream'; export let s: Writable;",
  ],
  ['src/core/c.ts', 'export const c = 1;'],
  ['src/runs/circle-b.ts', "import type { A } from './circle-a.js'; export let b: A;"], // a circle is reported once, at its other end
  ['src/core/c.spec.ts', "import fc from 'fast-check'; import './c.js'; fc;"],
  [
    'src/ingest/fine.ts',
    "import { z } from 'zod'; import '../platform/api/p.js'; export const f = () => import('../core/c.js'); z;",
  ],
  ['src/ingest/fine.spec.ts', "import '../../test/support/s.js'; import './fine.js';"],
  ['src/platform/api/p.ts', `${LOADER} createRequire(import.meta.url).resolve('x'); import('../../core/c.js');`],
  ['src/platform/database/d.ts', "import pg from 'pg'; import '../../../migrations/one.js'; pg;"],
  ['src/main.ts', "import './runner/a.js'; import './ingest/fine.js';"],
  ['migrations/one.ts', "import type { QueryRunner } from 'typeorm'; export let q: QueryRunner;"],
  ['test/support/s.ts', 'export const s = 1;'],
  ['dist/src/runner/a.js', 'export const a = 1;'],
  ['web/src/features/lists/y.ts', "import '../../ui/z.js'; import '../../api/client.js';"],
  ['web/src/api/client.ts', "import createClient from 'openapi-fetch'; createClient;"],
  ['web/src/ui/z.ts', 'export const z = 1;'],
];

/** Writes a small tree of forbidden imports outside of the repository; answers what the linter does with it. */
export async function selfTest() {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-arch-'));
  try {
    for (const [path, text] of [...attempts, ...allowed]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    symlinkSync(modules, join(folder, 'node_modules'));
    const dependencies = {
      axios: '*',
      pg: '*',
      zod: '*',
      typeorm: '*',
      'graphile-worker': '*',
      '@marcbachmann/cel-js': '*',
    };
    const devDependencies = { 'fast-check': '*', 'openapi-fetch': '*' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies, devDependencies }));
    const { violations } = await readGraph(folder, ['src', 'migrations', 'web/src']);
    const caught = (path, rule) => violations.some((each) => each.from === path && (!rule || each.rule === rule));
    const problems = [];
    for (const [path, text, rule] of attempts)
      if (!caught(path, rule)) problems.push(`not caught by ${rule}: ${path}: ${text}`);
    for (const [path] of allowed) {
      for (const each of violations)
        if (each.from === path) problems.push(`wrongly caught by ${each.rule}: ${path} → ${each.to}`);
    }
    return { tried: attempts.length, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
