import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));

/** A port of the loopback that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts the built program as a child with its own administrator key and waits until it is ready. Settings of the
 * caller's environment do not reach it. Throws with the end of its output where it is not ready in time.
 */
export async function startProgram(settings, { timeoutMs = 60_000 } = {}) {
  const port = await freePort();
  const key = `hl_${randomBytes(24).toString('base64url')}`;
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(HOOKLINE_.*|PORT|HOST|DATABASE_URL)$/.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    PORT: String(port),
    HOOKLINE_ADMIN_API_KEY: key,
    HOOKLINE_SECRET_KEY: randomBytes(32).toString('base64'),
    ...settings,
  };
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk) => (output = (output + chunk).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // What waits for the program fails then, and cleans up as it does after any failure.
  const interrupt = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve(signal ?? code);
    });
  });
  const url = `http://127.0.0.1:${port}`;

  const api = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 2000)}`);
    return text === '' ? null : JSON.parse(text);
  };
  /** SIGTERM, and SIGKILL where that is not enough; answers the exit code or the signal that ended it. */
  const stop = async (graceMs = 35_000) => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    const result = await ended;
    clearTimeout(timer);
    return result;
  };

  const deadline = Date.now() + timeoutMs;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      await stop(2000);
      throw new Error(`The program did not become ready. Its output:\n${output}`);
    }
    await sleep(25);
  }
  return { pid: child.pid, url, key, api, stop, ended, output: () => output };
}

const isReady = (url) =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.body.cancel().then(() => response.ok),
    () => false,
  );

/** Processes that work in a folder or name it in their command line. Linux only; elsewhere none. */
export function processesOf(folder) {
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      if (command.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder))
        found.push({ pid: Number(pid), command });
    } catch {
      // it ended while we looked, or belongs to somebody whose processes we may not read
    }
  }
  return found;
}
