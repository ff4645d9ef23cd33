import { RUN_STATES, RunState } from '../../src/core/run.js';
import type { TestApp } from './app.js';

/** How long a test waits for an engine that does not come to rest. */
const PATIENCE_MS = 20_000;
const OVER = [RunState.succeeded, RunState.failed, RunState.canceled];

/** Steps an app's engine until no run is due any more; waits that are over at once (`firstDelayMs: 0`) count as due. */
export async function runUntilIdle(app: TestApp): Promise<void> {
  const giveUp = performance.now() + PATIENCE_MS;
  const { dispatcher, database } = app;
  for (;;) {
    await dispatcher.tick();
    await dispatcher.idle();
    const [{ due }] = await database.source.query<{ due: number }[]>(
      `select count(*)::int due from runs where ended_at is null and state in (1, 2, 3) and due_at <= now()`,
    );
    if (due === 0) return;
    if (performance.now() > giveUp) throw new Error(`${due} runs are still due.`);
  }
}

/** One heartbeat: take-over, house-keeping and a tick. */
export const beat = (app: TestApp): Promise<void> => app.workers.beat();

/** Makes what waits for a later time due now: the clock of a test. */
export async function letTimePass(app: TestApp): Promise<void> {
  await app.database.source.query(`update runs set due_at = now() where state = ${RunState.waiting}`);
}

/** Reads a run until it is over. */
export async function finishedRun(app: TestApp, id: string) {
  const giveUp = performance.now() + PATIENCE_MS;
  for (;;) {
    const { body } = await app.call('GET', `/api/v1/runs/${id}`);
    if (performance.now() > giveUp) throw new Error(`The run does not end: ${JSON.stringify(body)}`);
    if (OVER.includes(RunState[body.status as (typeof RUN_STATES)[number]] as never)) return body;
    await runUntilIdle(app);
  }
}

/** Makes an integration that listens to `project.task.completed`, and turns it On. */
export async function turnedOn(app: Pick<TestApp, 'call'>, steps: object[], rest: object = {}): Promise<string> {
  const made = await app.call('POST', '/api/v1/integrations', {
    name: 'Test',
    trigger: { type: 'event', eventType: 'project.task.completed' },
    steps,
    ...rest,
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const on = await app.call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' });
  if (on.status !== 200) throw new Error(JSON.stringify(on.body));
  return made.body.id as string;
}

export const send = (app: Pick<TestApp, 'call'>, data: unknown, rest: object = {}) =>
  app.call('POST', '/api/v1/events', { type: 'project.task.completed', data, ...rest });
