import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);
const RECORD = at('dist/.build.json');
const LOCK = at('dist/.build.lock');
// Outside of dist, at the same depth: what the source maps say stays true when the result moves there.
const STAGE = at('.build');
const LOCK_STALE_MS = 10_000;

const PARTS = {
  server: {
    inputs: ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs'],
    tool: 'node_modules/typescript/bin/tsc',
    proof: 'dist/src/main.js',
    args: ['-p', 'tsconfig.build.json', '--outDir', STAGE, '--pretty', 'false'],
    after: moveServer,
  },
  web: {
    inputs: ['web', 'package-lock.json', 'scripts/build.mjs'],
    tool: 'node_modules/vite/bin/vite.js',
    proof: 'dist/web/index.html',
    args: ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    after: () => {},
  },
};

/**
 * Builds the parts whose inputs changed since their last build, side by side. The record of a part is removed before
 * its build and written after it, so a killed build is done again; one build runs at a time, a second one waits.
 */
export async function build({ parts = Object.keys(PARTS), force = false } = {}) {
  if (!force && stale(parts).length === 0) return;
  mkdirSync(at('dist'), { recursive: true });
  const children = new Set();
  const unlock = await lock();
  const stop = () => {
    for (const child of children) child.kill('SIGKILL');
    unlock();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const todo = force ? parts : stale(parts);
    const results = await Promise.allSettled(todo.map((name) => buildPart(name, children)));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    unlock();
  }
}

async function buildPart(name, children) {
  const { tool, args, after, inputs } = PARTS[name];
  if (!existsSync(at(tool))) {
    throw new Error(
      `The ${name} has to be built and ${tool} is not installed: run "npm ci" with development packages.`,
    );
  }
  const started = performance.now();
  const digest = digestOf(inputs); // before the build: what changes meanwhile makes it stale again
  record(name, undefined);
  console.log(`Building the ${name} …`);
  if (name === 'server') rmSync(STAGE, { recursive: true, force: true });
  await run(children, at(tool), args);
  after();
  record(name, digest);
  console.log(`Building the ${name} … ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

// A rename, not a build in place: a program that runs from dist never sees half of it, and what lost its source goes.
function moveServer() {
  cpSync(at('src'), join(STAGE, 'src'), {
    recursive: true,
    filter: (path) => path.endsWith('.sql') || statSync(path).isDirectory(),
  });
  for (const folder of ['src', 'migrations']) {
    if (existsSync(at('dist', folder))) renameSync(at('dist', folder), join(STAGE, `old-${folder}`));
    renameSync(join(STAGE, folder), at('dist', folder));
  }
  rmSync(STAGE, { recursive: true, force: true });
}

function run(children, script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    children.add(child);
    child.once('error', reject);
    child.once('close', (code) => {
      children.delete(child);
      if (code === 0) resolve();
      else reject(new Error(`${script.split('/').pop()} ended with exit code ${code}.`));
    });
  });
}

function stale(parts) {
  const digests = readRecord();
  return parts.filter((name) => {
    const { inputs, proof } = PARTS[name];
    if (!existsSync(at(inputs[0]))) return false; // an image that carries only dist
    if (name === 'web' && !existsSync(at('web/vite.config.ts'))) return false;
    return !existsSync(at(proof)) || digests[name] !== digestOf(inputs);
  });
}

function digestOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  const visit = (path) => {
    if (!existsSync(at(path))) return;
    if (!statSync(at(path)).isDirectory()) {
      if (!/\.(spec|test)\.tsx?$/.test(path)) hash.update(`\0${path}\0`).update(readFileSync(at(path)));
      return;
    }
    for (const name of readdirSync(at(path)).sort()) if (name !== 'node_modules') visit(`${path}/${name}`);
  };
  inputs.forEach(visit);
  return hash.digest('hex');
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8'));
  } catch {
    return {};
  }
}

function record(name, digest) {
  const next = join(root, 'dist', `.build-${process.pid}.json`);
  writeFileSync(next, JSON.stringify({ ...readRecord(), [name]: digest }));
  renameSync(next, RECORD);
}

// The holder touches the file each second; a lock that nobody touches was left by a killed build.
async function lock() {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      const beat = setInterval(() => utimesSync(LOCK, new Date(), new Date()), 1000);
      return () => {
        clearInterval(beat);
        rmSync(LOCK, { force: true });
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LOCK_STALE_MS) rmSync(LOCK, { force: true });
    else if (!told) console.log('Another build is running; waiting for it …');
    await sleep(200);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flags = new Set(process.argv.slice(2));
  const named = Object.keys(PARTS).filter((name) => flags.has(`--${name}`));
  const unknown = [...flags].filter((flag) => !['--force', '--server', '--web'].includes(flag));
  try {
    if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(' ')}. There are --force, --server and --web.`);
    await build({ parts: named.length > 0 ? named : undefined, force: flags.has('--force') });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
