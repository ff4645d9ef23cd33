// npm run rotate-keys: seals every stored secret again with the first key of HOOKLINE_SECRET_KEY, while Hookline runs.
import { requireNode } from './node-version.mjs';

requireNode();
try {
  const { build } = await import('./build.mjs');
  await build({ parts: ['server'] });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
await import('../dist/src/rotate-keys.js');
