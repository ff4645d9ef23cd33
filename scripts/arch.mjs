import { fileURLToPath } from 'node:url';
import { readGraph, rowOf, table } from './arch/graph.mjs';
import { selfTest } from './arch/self-test.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { modules, violations } = await readGraph(root, ['src', 'migrations', 'web/src']);

if (process.argv.includes('--check')) await check();
else picture();

async function check() {
  const { tried, problems } = await selfTest();
  for (const { rule, from, to, comment } of violations) console.error(`${from} → ${to}\n    ${rule}: ${comment ?? ''}`);
  for (const problem of problems) console.error(`the linter itself: ${problem}`);
  console.log(
    `arch: ${modules.filter(({ source }) => rowOf(source) !== null).length} files, ${violations.length} forbidden imports; ` +
      `${tried - problems.length} of ${tried} known ways around it are caught`,
  );
  if (violations.length + problems.length > 0) process.exitCode = 1;
}

/** The rows of the import table, top of the picture first, with what each really imports. */
function picture() {
  const edges = new Map();
  const files = new Map();
  for (const { source, dependencies } of modules) {
    const row = rowOf(source);
    if (row === null || /\.spec\.ts$/.test(source)) continue;
    files.set(row, (files.get(row) ?? 0) + 1);
    const to = edges.get(row) ?? edges.set(row, new Set()).get(row);
    for (const { resolved } of dependencies) {
      const target = rowOf(resolved);
      if (target && target !== row) to.add(target);
    }
  }
  const order = ['', ...Object.keys(table).reverse()].filter((row) => files.has(row));
  const label = (row) => row || 'main, *.module';
  const width = Math.max(...order.map((row) => label(row).length));
  console.log('Who imports whom; every arrow points down. (specs left out)\n');
  for (const row of order) {
    const targets = order.filter((name) => edges.get(row).has(name));
    const count = `${files.get(row)}`.padStart(3);
    console.log(
      `${label(row).padEnd(width)} ${count} ${files.get(row) === 1 ? 'file ' : 'files'} ${targets.length > 0 ? `→ ${grouped(targets)}` : ''}`,
    );
  }
  if (violations.length > 0)
    console.log(`\n${violations.length} imports are forbidden: npm run arch -- --check names them.`);
}

function grouped(targets) {
  const parts = targets.filter((name) => name.startsWith('platform/')).map((name) => name.slice('platform/'.length));
  const others = targets.filter((name) => !name.startsWith('platform/') && name !== 'core');
  const platform = parts.length > 1 ? [`platform/{${parts.join(' ')}}`] : parts.map((name) => `platform/${name}`);
  return [...others, ...platform, ...(targets.includes('core') ? ['core'] : [])].join('  ');
}
