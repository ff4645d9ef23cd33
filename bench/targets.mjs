import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, startProgram } from '../scripts/program.mjs';

/** Event types of the two work loads: one call, and three calls that each need the answer of the one before. */
export const TYPES = { 1: 'project.task.completed', 3: 'project.task.created' };

// Both programs offer the same to the bench: where events go, whose CPU counts, whether all is done, and a stop.

export async function startFloor({ databaseUrl, sinkUrl }) {
  const port = await freePort();
  const env = { ...process.env, DATABASE_URL: databaseUrl, SINK: sinkUrl, PORT: String(port) };
  const child = spawn(process.execPath, [fileURLToPath(new URL('floor.mjs', import.meta.url))], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error('The floor did not start.');
    await sleep(25);
  }
  return {
    url,
    key: 'none',
    pid: child.pid,
    unfinished: async () => (await (await fetch(`${url}/open`)).json()).n,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export async function startHookline({ databaseUrl, sinkUrl, dataDir }) {
  const program = await startProgram({
    DATABASE_URL: databaseUrl,
    HOOKLINE_DATA_DIR: dataDir,
    HOOKLINE_EGRESS_ALLOW: '127.0.0.1',
    HOOKLINE_LOG_LEVEL: 'warn',
  });
  try {
    for (const [hops, eventType] of Object.entries(TYPES)) {
      const steps = Array.from({ length: Number(hops) }, (_, index) => step(index + 1, sinkUrl));
      const integration = { name: `Bench: ${hops} calls`, trigger: { type: 'event', eventType }, steps };
      const { id } = await program.api('POST', '/api/v1/integrations', integration);
      await program.api('PUT', `/api/v1/integrations/${id}/state`, { state: 'on' });
    }
  } catch (error) {
    await program.stop();
    throw error;
  }
  const some = async (status) => (await program.api('GET', `/api/v1/runs?status=${status}&limit=1`)).data.length;
  return {
    ...program,
    unfinished: async () => {
      const counts = await Promise.all(['queued', 'running', 'waiting', 'held'].map(some));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    notSucceeded: async () => (await some('failed')) + (await some('canceled')),
    succeeded: () => countRuns(program),
  };
}

function step(number, sinkUrl) {
  const body = [
    { key: 'key', value: '{{ trigger.data.key }}' },
    { key: 'sentAt', value: '{{ trigger.data.sentAt }}' },
    { key: 'name', value: '{{ trigger.data.name }}' },
  ];
  if (number > 1) body.push({ key: 'former', value: `{{ steps.call_${number - 1}.body.token }}` });
  const input = { url: `${sinkUrl}/hop/${number}`, body };
  return { key: `call_${number}`, name: `Call ${number}`, kind: 'action', connector: 'http', action: 'post', input };
}

async function countRuns({ api }) {
  let count = 0;
  let cursor = '';
  do {
    const page = await api('GET', `/api/v1/runs?status=succeeded&limit=250${cursor}`);
    count += page.data.length;
    cursor = page.nextCursor === null ? null : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== null);
  return count;
}
