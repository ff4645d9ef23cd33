import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import ts from 'typescript';

const RULE = 'computed-import';
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
  const violations = summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    from,
    to: cycle ? cycle.map(({ name }) => name).join(' → ') : to,
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

// What no import table can see: an import whose target is only known when it runs. `createRequire(…).resolve(…)` may
// stay: it finds a file and loads nothing.
function computedImports(baseDir, source) {
  if (!/\.[cm]?[jt]sx?$/.test(source)) return [];
  const file = ts.createSourceFile(source, readFileSync(join(baseDir, source), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const report = (node) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const text = node.getText().replace(/\s+/g, ' ').slice(0, 60);
    found.push({
      rule: RULE,
      from: source,
      to: `line ${line}: ${text}`,
      comment: 'An import in src names its target.',
    });
  };
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const callee = node.expression;
      const name = callee.kind === ts.SyntaxKind.ImportKeyword ? 'import' : (callee.name ?? callee).text;
      const literal = node.arguments?.length >= 1 && ts.isStringLiteral(node.arguments[0]);
      if (
        (['import', 'require'].includes(name) && !literal) ||
        ['eval', 'Function', 'getBuiltinModule'].includes(name)
      ) {
        report(node);
      }
    } else if (ts.isImportDeclaration(node) && /^(node:)?module$/.test(node.moduleSpecifier.text)) {
      if (!/^import \{ createRequire \} from/.test(node.getText())) report(node);
    } else if (ts.isIdentifier(node) && node.text === 'createRequire' && !ts.isImportSpecifier(node.parent)) {
      if (!isResolve(node)) report(node.parent);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether the name is called and nothing but `resolve` of the result is called. */
function isResolve(name) {
  const call = name.parent;
  const member = call.parent;
  return (
    ts.isCallExpression(call) &&
    call.expression === name &&
    ts.isPropertyAccessExpression(member) &&
    member.name.text === 'resolve' &&
    ts.isCallExpression(member.parent) &&
    member.parent.expression === member
  );
}
