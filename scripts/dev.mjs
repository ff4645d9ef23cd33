// The server, rebuilt and restarted at each change, and the builder's dev server beside it. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { requireNode } from './node-version.mjs';

requireNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const api = `http://127.0.0.1:${process.env.PORT || 3000}`;
const programs = {
  server: [
    'node_modules/@nestjs/cli/bin/nest.js',
    'start',
    '--watch',
    '--preserveWatchOutput',
    '--no-shell',
    '--exec',
    process.execPath,
  ],
  web: ['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts', '--clearScreen', 'false'],
};

const GRACE_MS = 35_000;
let ending = false;
const children = Object.entries(programs).map(([name, args]) => {
  const env = {
    HOOKLINE_DEV_API: api,
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    ...process.env,
  };
  // In a group of its own: Ctrl-C reaches the server once, through nest, and not a second time from the terminal.
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => console.log(`${name.padEnd(6)} │ ${line}`));
  }
  child.once('exit', (code) => {
    if (!ending) console.log(`${name.padEnd(6)} │ ended (${code})`);
    stop();
  });
  return child;
});

function stop() {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill('SIGTERM');
  setTimeout(() => children.forEach(killGroup), GRACE_MS).unref();
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

process.on('SIGINT', stop).on('SIGTERM', stop);
