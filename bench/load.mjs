// The generator, in a process of its own: takes one order after the other from its parent.
// `connections` > 0: that many senders, each sends its next event when the last one was answered.
// `ratePerSecond` > 0: an event leaves on schedule, whatever became of those before it.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { nowMs, percentile } from './clock.mjs';

async function load({ url, key, type, prefix, events, connections = 0, ratePerSecond = 0 }) {
  const pool = new Pool(url, { connections: connections || 32, pipelining: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const answers = [];
  const refused = [];
  let lastAt = 0;

  const send = async (number) => {
    const sentAt = nowMs();
    // As its type in the catalog has it: what is missing would be noted with every event.
    const data = {
      id: `TASK-${number}`,
      key: `${prefix}-${number}`,
      sentAt,
      name: 'Ship the blue chairs',
      project: { id: 'PRJ-17', name: 'Spring fair' },
      due: '2026-12-01',
    };
    const body = JSON.stringify({ type, subject: `task/${number}`, data });
    const response = await pool.request({ path: '/api/v1/events', method: 'POST', headers, body });
    const text = await response.body.text();
    lastAt = nowMs();
    if (response.statusCode === 202) answers.push(lastAt - sentAt);
    else refused.push(`${response.statusCode} ${text.slice(0, 300)}`);
  };

  const startedAt = nowMs();
  if (ratePerSecond > 0) {
    const open = [];
    for (let number = 0; number < events; number++) {
      const wait = startedAt + (number * 1000) / ratePerSecond - nowMs();
      if (wait > 0) await sleep(wait);
      open.push(send(number));
    }
    await Promise.all(open);
  } else {
    let next = 0;
    const sender = async () => {
      while (next < events) await send(next++);
    };
    await Promise.all(Array.from({ length: connections }, sender));
  }
  await pool.close();
  return {
    startedAt,
    accepted: answers.length,
    refused: refused.length,
    refusal: refused[0] ?? null,
    seconds: (lastAt - startedAt) / 1000,
    answerMs: { p50: percentile(answers, 0.5), p99: percentile(answers, 0.99) },
  };
}

process.on('message', (order) =>
  load(order).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: error.stack }),
  ),
);
process.on('disconnect', () => process.exit(0));
process.send({ ready: true });
