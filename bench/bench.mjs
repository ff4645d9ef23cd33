// Hookline against the floor (floor.mjs), in turn and in one go: the machine's speed drifts, so compare inside one
// table only. Each round has fresh processes and a fresh database on one PostgreSQL that belongs to the bench.
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.mjs';
import { requireNode } from '../scripts/node-version.mjs';
import { nowMs, percentile } from './clock.mjs';
import { openServer } from './database.mjs';
import { printTable, summary } from './report.mjs';
import { startFloor, startHookline, TYPES } from './targets.mjs';
import { cpuMsOf, peakMiBOf, sharedMiBOf } from './usage.mjs';

requireNode();
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    only: { type: 'string' },
    events: { type: 'string' },
  },
});
const quick = options.quick;
const rounds = Number(options.rounds ?? (quick ? 1 : 2));
const oneHop = Number(options.events ?? (quick ? 2000 : 6000));
const LOADS = [
  { name: '1 hop', hops: 1, events: oneHop, connections: 64 },
  { name: '3 hops', hops: 3, events: oneHop / 2, connections: 64 },
  { name: '100/s', hops: 1, events: quick ? 500 : 2000, ratePerSecond: 100 },
];
const PROGRAMS = { floor: startFloor, hookline: startHookline };
const ARRIVAL_TIMEOUT_MS = 120_000;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

/** A helper process that says when it is ready; `ask` sends it an order and waits for the answer. */
async function helper(file) {
  const child = fork(here(file), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const answer = () =>
    new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`${file} ended.`));
      child.once('exit', onExit).once('message', (message) => {
        child.off('exit', onExit);
        if (message.error) reject(new Error(message.error));
        else resolve(message);
      });
    });
  const { ready } = await answer();
  const ask = (order) => {
    child.send(order);
    return answer();
  };
  return { ready, ask, stop: () => child.connected && child.disconnect() };
}

async function measure(target, sinkUrl, generator, server, load, prefix) {
  const { name, hops, events, connections, ratePerSecond } = load;
  await fetch(sinkUrl, { method: 'DELETE' });
  const cpu = () => ({ program: cpuMsOf(target.pid), database: cpuMsOf(server.pid) });
  const before = cpu();
  const order = { url: target.url, key: target.key, type: TYPES[hops], prefix, events, connections, ratePerSecond };
  const { result } = await generator.ask(order);
  const deadline = nowMs() + ARRIVAL_TIMEOUT_MS;
  const patient = () => !stopped && nowMs() < deadline;
  const arrived = async () => (await (await fetch(`${sinkUrl}/count`)).json()).count[hops] ?? 0;
  while ((await arrived()) < result.accepted && patient()) await sleep(100);
  while ((await target.unfinished()) > 0 && patient()) await sleep(100);
  const after = cpu();
  await sleep(500); // a double would come now
  const { wrong, hops: seen } = await (await fetch(sinkUrl)).json();
  const counts = Object.values(seen);
  const last = seen[hops] ?? { keys: 0, lastAt: result.startedAt, tookMs: [] };
  return {
    load: name,
    events,
    accepted: result.accepted,
    refused: result.refused,
    refusal: result.refusal,
    lost:
      counts.reduce((sum, { keys }) => sum + Math.max(0, result.accepted - keys), 0) +
      (hops - counts.length) * result.accepted,
    doubled: counts.reduce((sum, { doubled }) => sum + doubled, 0),
    wrong,
    acceptedPerSecond: result.accepted / result.seconds,
    completedPerSecond: (last.keys * 1000) / (last.lastAt - result.startedAt),
    answerMs: result.answerMs,
    receiverMs: {
      p50: percentile(last.tookMs, 0.5),
      p95: percentile(last.tookMs, 0.95),
      p99: percentile(last.tookMs, 0.99),
    },
    programCpuMsPerRun: after.program === null ? null : (after.program - before.program) / events,
    databaseCpuMsPerRun: after.database === null ? null : (after.database - before.database) / events,
  };
}

async function runRound(name, round, { server, sinkUrl, generator, folder }) {
  const label = `round ${round} of ${rounds}, ${name}`;
  say(`${label}: starting`);
  const databaseUrl = await server.createDatabase(`bench_${name}_${round}`);
  if (stopped) throw new Error('Stopped.');
  const target = await PROGRAMS[name]({ databaseUrl, sinkUrl, dataDir: join(folder, `${name}-${round}`) });
  running = target;
  try {
    for (const [hops, type] of Object.entries(TYPES)) {
      const warm = { name: 'warm-up', hops: Number(hops), events: 300, connections: 16 };
      await measure(target, sinkUrl, generator, server, warm, `warm-${type}`);
    }
    const results = [];
    for (const load of LOADS) {
      const result = await measure(target, sinkUrl, generator, server, load, `${name}-${round}-${load.name}`);
      results.push(result);
      const { p50, p99 } = result.receiverMs;
      say(
        `${label}: ${load.name}: ${result.accepted} accepted, ${result.completedPerSecond.toFixed(0)} completed/s, ` +
          `to the receiver p50 ${p50?.toFixed(1)} p99 ${p99?.toFixed(1)} ms, lost ${result.lost}, doubled ${result.doubled}` +
          (result.refused > 0 ? `, refused ${result.refused}: ${result.refusal}` : ''),
      );
    }
    const expected = 600 + results.reduce((sum, { accepted }) => sum + accepted, 0);
    const missing = target.succeeded ? expected - (await target.succeeded()) : 0;
    if (missing !== 0) say(`${label}: ${missing} of ${expected} runs are not on record as succeeded`);
    return {
      program: name,
      round,
      results,
      missing,
      peakMiB: peakMiBOf(target.pid),
      databaseMiB: sharedMiBOf(server.pid),
    };
  } catch (error) {
    if (target.output) say(target.output());
    throw error;
  } finally {
    await target.stop();
    await server.dropDatabase(`bench_${name}_${round}`);
  }
}

let stopped = false;
let running = null;
const interrupt = () => {
  stopped = true;
  void running?.stop();
};
process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
const folder = mkdtempSync(join(tmpdir(), 'hookline-bench-'));
const closing = [() => rmSync(folder, { recursive: true, force: true })];
try {
  if (options.only !== 'floor' || !process.env.BENCH_DATABASE_URL) await build({ parts: ['server'] });
  const server = await openServer(join(folder, 'database'));
  closing.unshift(() => server.stop());
  const sink = await helper('sink.mjs');
  const generator = await helper('load.mjs');
  closing.unshift(sink.stop, generator.stop);
  const context = { server, generator, folder, sinkUrl: `http://127.0.0.1:${sink.ready}` };
  const runs = [];
  for (let round = 1; round <= rounds; round++) {
    const names = Object.keys(PROGRAMS).filter((name) => !options.only || name === options.only);
    if (round % 2 === 0) names.reverse();
    for (const name of names) runs.push(await runRound(name, round, context));
  }
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
  const report = { at: new Date().toISOString(), machine, summary: summary(runs), runs };
  mkdirSync(here('results'), { recursive: true });
  const file = here(`results/${report.at.replaceAll(':', '-')}.json`);
  writeFileSync(file, JSON.stringify(report, null, 2));
  printTable(report);
  console.log(`\n${JSON.stringify(report.summary)}\nEverything: ${file}`);
  const bad = runs.some(
    ({ missing, results }) => missing !== 0 || results.some((r) => r.lost + r.doubled + r.wrong + r.refused > 0),
  );
  if (bad) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const close of closing) await close();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
}
