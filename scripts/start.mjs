import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { requireNode } from './node-version.mjs';

requireNode();
// Compiled code of the last start: halves the time that loading takes.
module.enableCompileCache?.(fileURLToPath(new URL('../dist/.compile-cache', import.meta.url)));
try {
  const { build } = await import('./build.mjs');
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
// In this process, not in a child: a signal meets the program itself, and its exit code is ours.
await import('../dist/src/main.js');
