import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInspector, type Inspector } from '../../src/inspector/inspector.js';
import { silentLogger } from '../../src/platform/logging/logger.js';
import { EXAMPLES, welcomeDraft, WELCOME } from '../../web/src/features/first-run/examples.js';
import { useApp } from '../support/app.js';
import { finishedRun } from '../support/engine.js';

describe('the examples of the first steps', () => {
  const app = useApp();
  let folder: string;
  let inspector: Inspector;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookline-inspector-'));
    inspector = await startInspector({ dataDir: folder }, silentLogger);
  });
  afterAll(async () => {
    await inspector?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(EXAMPLES)('work as they are against the built-in receiver: $title', async ({ draft }) => {
    const made = await app.call('POST', '/api/v1/integrations', draft(inspector.url));
    expect([made.status, made.body]).toEqual([201, expect.anything()]);
    const [type] = [made.body.trigger.eventType ?? 'schedule.fired'];
    const sample = (await app.call('GET', `/api/v1/event-types/${type}`)).body.sample;
    const answer = await app.call('POST', `/api/v1/integrations/${made.body.id}/test`, { event: { data: sample } });
    expect([answer.status, answer.body]).toEqual([202, expect.anything()]);
    const run = await finishedRun(app, answer.body.runId);
    expect(run.steps.map(({ key, status }: { key: string; status: string }) => [key, status])).toEqual(
      made.body.steps.map(({ key }: { key: string }) => [key, 'succeeded']),
    );
    // No field of a call is empty because nobody gives it.
    const bodies = run.steps.map(
      ({ attempts }: { attempts: { request: { body: string } }[] }) => attempts[0].request.body,
    );
    expect(bodies.join('')).not.toContain('null');
    expect((await app.call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' })).status).toBe(200);
    await app.call('DELETE', `/api/v1/integrations/${made.body.id}`);
  });

  it('begin with the welcome event, passed on', async () => {
    const made = await app.call('POST', '/api/v1/integrations', welcomeDraft(`${inspector.url}/welcome`));
    await app.call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' });
    const { body } = await app.call('POST', '/api/v1/events', WELCOME);
    const run = await finishedRun(app, body.runs[0]);
    expect(run.status).toBe('succeeded');
    expect(JSON.parse(run.steps[0].attempts[0].request.body)).toMatchObject({ greeting: 'Hello Ada' });
  });

  it('have no built-in receiver where the database is somebody else’s', async () => {
    expect((await app.call('GET', '/api/v1/inspector')).body).toEqual({ url: null });
  });
});
