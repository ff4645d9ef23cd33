import { startApp, type TestApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { StubReceiver } from '../support/stub-receiver.js';

const BIG = 3 * 1024 * 1024;

describe('the export of a run', () => {
  let app: TestApp;
  let stub: StubReceiver;
  let run: any;

  beforeAll(async () => {
    app = await startApp();
    stub = await StubReceiver.start();
    stub.script(
      '/a',
      { status: 503, body: 'busy' },
      { status: 200, headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(BIG) },
    );
    await turnedOn(app, [
      {
        key: 'a',
        action: 'post',
        input: { url: `${stub.url}/a`, body: [{ key: 'who', value: '{{ trigger.data.who }}' }] },
        retry: { attempts: 2, firstDelayMs: 0, maxDelayMs: 0 },
      },
      { key: 'b', action: 'get', input: { url: '{{ trigger.data.nowhere }}' } },
    ]);
    const { body } = await send(app, { who: "Ada's" });
    run = await finishedRun(app, body.runs[0]);
  });
  afterAll(async () => {
    stub?.verify();
    await stub?.stop();
    await app?.stop();
  });

  it('as HAR holds every attempt that was sent, with its whole body', async () => {
    const { status, headers, body } = await app.call('GET', `/api/v1/runs/${run.id}/har`);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="run-${run.number}.har"`);
    const { log } = body;
    expect(log.entries.map((entry: any) => entry.response.status)).toEqual([503, 200]);
    expect(log.entries[0].request).toMatchObject({ method: 'POST', postData: { text: `{"who":"Ada's"}` } });
    expect(log.entries[1].response.content.text).toHaveLength(BIG);
    expect(log.comment).toContain('1 of its 3 attempts could not be built');
  });

  it('as curl is the command that sends an attempt again', async () => {
    const [attempt] = run.steps[0].attempts;
    const { status, headers, body } = await app.call('GET', `/api/v1/runs/${run.id}/attempts/${attempt.id}/curl`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(body).toContain(`curl ${stub.url}/a`);
    expect(body).toContain(`-H 'Idempotency-Key: ${run.id}:a'`);
    expect(body).toContain(`--data-raw '{"who":"Ada'\\''s"}'`);
  });

  it('is refused for an attempt that sent nothing, and for one of another run', async () => {
    const [unsent] = run.steps[1].attempts;
    const refused = await app.call('GET', `/api/v1/runs/${run.id}/attempts/${unsent.id}/curl`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'nothing_sent' } });
    const other = await app.call('GET', `/api/v1/runs/run_00000000000000000000000000/attempts/${unsent.id}/curl`);
    expect(other.status).toBe(404);
    expect((await app.call('GET', '/api/v1/runs/run_00000000000000000000000000/har')).status).toBe(404);
  });
});
