import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './node-version.mjs';

requireNode();
const long = process.argv.includes('--long');
const extra = process.argv.slice(2).filter((arg) => arg !== '--long');
const folder = mkdtempSync(join(tmpdir(), 'hookline-report-'));
const report = join(folder, 'report.json');
const args = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  `--maxWorkers=${long ? 1 : 2}`,
  '--json',
  `--outputFile=${report}`,
  ...(long
    ? ['--selectProjects', 'e2e', '--testPathPatterns', 'test/e2e/(chaos|memory)', '--testTimeout', '3600000']
    : []),
  ...extra,
];

// jest speaks on stderr; here everything goes to stdout, so that the count stands behind it whoever reads.
const child = spawn(process.execPath, args, {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: ['ignore', 1, 1],
  env: { ...process.env, ...(long ? { HOOKLINE_TEST_LONG: '1' } : {}) },
});
process.on('SIGTERM', () => child.kill('SIGTERM')).on('SIGINT', () => {});
child.on('close', (code) => {
  const { passed, failed, skipped } = counts();
  rmSync(folder, { recursive: true, force: true });
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = passed + failed === 0 ? 1 : (code ?? 1);
});

// A suite that could not be loaded has no failed test of its own: it counts as one.
function counts() {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
