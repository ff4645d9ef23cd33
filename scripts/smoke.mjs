// One event through the whole program, and what became of it. Exit code 0: its run succeeded and nothing was left behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './build.mjs';
import { requireNode } from './node-version.mjs';
import { processesOf, startProgram } from './program.mjs';

const RUN_TIMEOUT_MS = 60_000;
const ENDED = new Set(['succeeded', 'failed', 'canceled']);

requireNode();
const folder = mkdtempSync(join(tmpdir(), 'hookline-smoke-'));
try {
  await build();
  process.exitCode = (await smoke()) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function smoke() {
  const began = performance.now();
  const since = () => `${((performance.now() - began) / 1000).toFixed(2).padStart(6)} s`;
  const program = await startProgram({ HOOKLINE_DATA_DIR: join(folder, 'data') });
  console.log(`${since()}  ready at ${program.url} on an empty data folder`);
  let run = null;
  try {
    const data = { name: 'Ada', message: 'Hello from the smoke test' };
    const event = await program.api('POST', '/api/v1/events', { type: 'hookline.welcome', data });
    console.log(`${since()}  event ${event.id} accepted; runs: ${event.runs.join(', ') || 'none'}`);
    if (event.runs.length > 0) run = await ending(program, event.runs[0]);
    if (run) printRun(run);
  } catch (error) {
    console.error(`${error.message}\n${program.output()}`);
  }
  const code = await program.stop();
  const left = processesOf(folder);
  console.log(`${since()}  stopped by SIGTERM: ${code}; processes left: ${left.length}`);
  for (const { pid, command } of left) console.error(`left behind: ${pid} ${command}`);
  const good = run?.status === 'succeeded' && code === 0 && left.length === 0;
  console.log(good ? 'smoke: good' : 'smoke: FAILED');
  return good;
}

async function ending(program, id) {
  const deadline = Date.now() + RUN_TIMEOUT_MS;
  for (;;) {
    const run = await program.api('GET', `/api/v1/runs/${id}`);
    if (ENDED.has(run.status)) return run;
    if (Date.now() > deadline) {
      console.error(`The run is still ${run.status} after ${RUN_TIMEOUT_MS / 1000} s.`);
      return run;
    }
    await sleep(50);
  }
}

function printRun({ number, id, status, createdAt, finishedAt, error, steps }) {
  const tookMs = finishedAt ? Date.parse(finishedAt) - Date.parse(createdAt) : '…';
  console.log(`\nrun ${number} ${status} in ${tookMs} ms (${id})${error ? `: ${error.code}: ${error.message}` : ''}`);
  for (const step of steps) {
    console.log(`  step ${step.key}: ${step.status}`);
    for (const attempt of step.attempts) printAttempt(attempt);
  }
  console.log('');
}

function printAttempt({ number, status, durationMs, request, response, timings, remoteAddress, error }) {
  console.log(
    `    attempt ${number}: ${status} in ${durationMs} ms${error ? `: ${error.code}: ${error.message}` : ''}`,
  );
  if (request) printMessage('>', `${request.method} ${request.url}`, request);
  if (response) printMessage('<', `${response.status}`, response);
  if (timings) {
    const parts = Object.entries(timings).map(([name, ms]) => `${name.replace(/Ms$/, '')} ${ms} ms`);
    console.log(`      ${parts.join(', ')}${remoteAddress ? `, at ${remoteAddress}` : ''}`);
  }
}

function printMessage(mark, first, { headers, body }) {
  console.log(`      ${mark} ${first}`);
  for (const [name, value] of Object.entries(headers ?? {})) console.log(`      ${mark}   ${name}: ${value}`);
  if (body) for (const line of `${body}`.slice(0, 2000).split('\n')) console.log(`      ${mark} ${line}`);
}
