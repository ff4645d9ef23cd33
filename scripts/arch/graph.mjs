import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
export const { table } = config;
const rows = Object.keys(table).sort((a, b) => b.length - a.length);

/** The row of the import table that a file of src belongs to; '' for a composition root, null where there is none. */
export function rowOf(path) {
  if (/^src\/[^/]+\.ts$/.test(path)) return '';
  return rows.find((row) => path.startsWith(`src/${row}/`)) ?? null;
}

/** What every file below `baseDir` imports, and each import that the rules forbid. */
export async function readGraph(baseDir, folders) {
  const { forbidden, options } = config;
  const result = await cruise(
    folders,
    { ...options, baseDir, validate: true, ruleSet: { forbidden }, outputType: undefined },
    undefined,
    { tsConfig: extractTsConfig(join(root, 'tsconfig.json')) },
  );
  const { modules, summary } = result.output;
  const comment = Object.fromEntries(forbidden.map((rule) => [rule.name, rule.comment]));
  const violations = summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
    comment: comment[rule.name],
  }));
  for (const { source, coreModule, couldNotResolve } of modules) {
    if (!source.startsWith('src/') || coreModule || couldNotResolve) continue;
    if (rowOf(source) === null && !violations.some((each) => each.rule === 'no-row' && each.from === source)) {
      violations.push({ rule: 'no-row', from: source, to: '', comment: comment['no-row'] });
    }
    violations.push(...computedImports(baseDir, source));
  }
  return { modules, violations };
}

// What no import table can see: an import whose target is only known when it runs.
function computedImports(baseDir, source) {
  if (!/\.[cm]?[jt]sx?$/.test(source)) return [];
  const file = ts.createSourceFile(source, readFileSync(join(baseDir, source), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const callee = node.expression;
      const name = callee.kind === ts.SyntaxKind.ImportKeyword ? 'import' : (callee.name ?? callee).text;
      const literal = node.arguments?.length >= 1 && ts.isStringLiteral(node.arguments[0]);
      const loads = ['import', 'require'].includes(name) && !literal;
      if (loads || ['eval', 'Function', 'createRequire', 'getBuiltinModule'].includes(name)) {
        const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.push({
          rule: 'computed-import',
          from: source,
          to: `line ${line}: ${name}(…)`,
          comment: 'An import in src names its target.',
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
