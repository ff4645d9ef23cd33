import { median } from './clock.mjs';

/** Medians over the rounds, by program and load. */
export function summary(runs) {
  const programs = [...new Set(runs.map(({ program }) => program))];
  return Object.fromEntries(
    programs.map((program) => [program, summarize(runs.filter((run) => run.program === program))]),
  );
}

function summarize(runs) {
  const of = (load, pick) =>
    median(runs.flatMap(({ results }) => results.filter((result) => result.load === load).map(pick)));
  const total = (pick) => runs.flatMap(({ results }) => results).reduce((sum, result) => sum + pick(result), 0);
  const round = (value, digits = 2) => (value === null ? null : Number(value.toFixed(digits)));
  const full = (load) => ({
    acceptedPerSecond: round(
      of(load, (r) => r.acceptedPerSecond),
      0,
    ),
    completedPerSecond: round(
      of(load, (r) => r.completedPerSecond),
      0,
    ),
    programCpuMsPerRun: round(
      of(load, (r) => r.programCpuMsPerRun),
      3,
    ),
    databaseCpuMsPerRun: round(
      of(load, (r) => r.databaseCpuMsPerRun),
      3,
    ),
  });
  return {
    oneHop: full('1 hop'),
    threeHops: full('3 hops'),
    at100PerSecond: {
      p50Ms: round(of('100/s', (r) => r.receiverMs.p50)),
      p95Ms: round(of('100/s', (r) => r.receiverMs.p95)),
      p99Ms: round(of('100/s', (r) => r.receiverMs.p99)),
      answerP50Ms: round(of('100/s', (r) => r.answerMs.p50)),
      answerP99Ms: round(of('100/s', (r) => r.answerMs.p99)),
    },
    peakMiB: round(median(runs.map(({ peakMiB }) => peakMiB)), 0),
    databaseMiB: round(median(runs.map(({ databaseMiB }) => databaseMiB)), 0),
    lost: total((r) => r.lost),
    doubled: total((r) => r.doubled),
    refused: total((r) => r.refused),
  };
}

const ROWS = [
  ['1 hop, 64 connections: accepted/s', (s) => s.oneHop.acceptedPerSecond],
  ['   completed/s', (s) => s.oneHop.completedPerSecond],
  ['   CPU per run, program, ms', (s) => s.oneHop.programCpuMsPerRun],
  ['   CPU per run, PostgreSQL, ms', (s) => s.oneHop.databaseCpuMsPerRun],
  ['3 hops, 64 connections: accepted/s', (s) => s.threeHops.acceptedPerSecond],
  ['   completed/s', (s) => s.threeHops.completedPerSecond],
  ['   CPU per run, program, ms', (s) => s.threeHops.programCpuMsPerRun],
  ['   CPU per run, PostgreSQL, ms', (s) => s.threeHops.databaseCpuMsPerRun],
  ['at 100/s: event to receiver p50, ms', (s) => s.at100PerSecond.p50Ms],
  ['   p95, ms', (s) => s.at100PerSecond.p95Ms],
  ['   p99, ms', (s) => s.at100PerSecond.p99Ms],
  ['   answer 202 p50, ms', (s) => s.at100PerSecond.answerP50Ms],
  ['   answer 202 p99, ms', (s) => s.at100PerSecond.answerP99Ms],
  ['peak memory of the program, MiB', (s) => s.peakMiB],
  ['memory of PostgreSQL, MiB', (s) => s.databaseMiB],
  ['lost', (s) => s.lost],
  ['doubled', (s) => s.doubled],
  ['refused', (s) => s.refused],
];

export function printTable({ at, machine, summary: programs }) {
  const { floor, hookline } = programs;
  const names = Object.keys(programs);
  const both = floor && hookline;
  const cell = (value) => String(value ?? '–').padStart(10);
  console.log(`\n${at}, Node ${machine.node}, ${machine.cpus} × ${machine.model}; medians`);
  console.log(`${''.padEnd(38)}${names.map(cell).join('')}${both ? cell('ratio') : ''}`);
  for (const [title, pick] of ROWS) {
    const ratio = both && pick(floor) ? (pick(hookline) / pick(floor)).toFixed(2) : '';
    console.log(
      `${title.padEnd(38)}${names.map((name) => cell(pick(programs[name]))).join('')}${both ? cell(ratio) : ''}`,
    );
  }
  if (!both) return;
  const speed = hookline.oneHop.completedPerSecond / floor.oneHop.completedPerSecond;
  const latency = hookline.at100PerSecond.p99Ms / floor.at100PerSecond.p99Ms;
  const verdict = (ok) => (ok ? 'reached' : 'MISSED');
  console.log(
    `\nGoal: completed/s with 1 hop at least 0.40 × the floor: ${speed.toFixed(2)}, ${verdict(speed >= 0.4)}`,
  );
  console.log(`Goal: p99 at 100/s at most 3.00 × the floor: ${latency.toFixed(2)}, ${verdict(latency <= 3)}`);
}
