// Writes the web's types from the OpenAPI document of the built program; --check only compares.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { build } from './build.mjs';
import { requireNode } from './node-version.mjs';
import { startProgram } from './program.mjs';

requireNode();
const target = fileURLToPath(new URL('../web/src/api/schema.d.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hookline-api-types-'));
try {
  await build({ parts: ['server'] });
  const program = await startProgram({ HOOKLINE_DATA_DIR: folder });
  const document = await program.api('GET', '/api/openapi.json').finally(() => program.stop());
  const types = `// Made by "npm run api:types" from /api/openapi.json.\n${astToString(await openapiTS(document))}`;
  const before = readIfThere(target);
  if (before === types) console.log('web/src/api/schema.d.ts is what the API says.');
  else if (process.argv.includes('--check')) {
    console.error('web/src/api/schema.d.ts is not what the API says: run "npm run api:types" and commit it.');
    process.exitCode = 1;
  } else {
    writeFileSync(target, types);
    console.log(`Wrote web/src/api/schema.d.ts: ${Object.keys(document.paths).length} paths.`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
