import { parseId } from '../../src/core/id.js';
import { useApp } from '../support/app.js';
import { finishedRun, letTimePass, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useReceiver } from '../support/stub-receiver.js';

const AT_ONCE = { attempts: 3, firstDelayMs: 0, maxDelayMs: 0 };

describe('a step', () => {
  const app = useApp();
  const stub = useReceiver();
  afterEach(() => app.deleteIntegrations());

  const runOf = async (steps: object[], data: unknown = {}) => {
    await turnedOn(app, steps);
    const { body } = await send(app, data);
    return body.runs[0] as string;
  };
  const statuses = (run: any) => run.steps.map((step: any) => step.status);

  it('is sent again when the answer is 503, and goes on when it is 200', async () => {
    stub.script('/a', { status: 503, body: { error: 'busy' } }, { status: 200 });
    const run = await finishedRun(
      app,
      await runOf([{ key: 'a', action: 'post', input: { url: `${stub.url}/a` }, retry: AT_ONCE }]),
    );
    expect(run.status).toBe('succeeded');
    const { attempts } = run.steps[0];
    expect(attempts).toMatchObject([
      { number: 1, status: 'failed', error: { code: 'http_5xx' }, response: { status: 503, body: '{"error":"busy"}' } },
      { number: 2, status: 'succeeded', error: null, response: { status: 200 } },
    ]);
    const keys = stub.received.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([`${run.id}:a`, `${run.id}:a`]);
  });

  it('reads how long an earlier one took as the record has it', async () => {
    stub.script('/a', { status: 200 });
    stub.script('/b', { status: 200 });
    const body = [{ key: 'took', value: '{{ steps.a.durationMs }}' }];
    const steps = [
      { key: 'a', action: 'get', input: { url: `${stub.url}/a` } },
      { key: 'b', action: 'post', input: { url: `${stub.url}/b`, body } },
    ];
    const { id } = await finishedRun(app, await runOf(steps));
    const [{ took }] = await app.database.source.query(
      `select duration_us took from attempt_ends where run_id = $1 order by ended_at limit 1`,
      [parseId('run', id)],
    );
    expect(JSON.parse(stub.received[1].body)).toEqual({ took: took / 1000 });
  });

  it('waits without holding anything, says until when, and goes on when the time has come', async () => {
    stub.script('/a', { status: 429, headers: { 'retry-after': '3600' }, body: 'later' }, { status: 200 });
    const id = await runOf([{ key: 'a', action: 'get', input: { url: `${stub.url}/a` } }]);
    await runUntilIdle(app);
    const { body: waiting } = await app.call('GET', `/api/v1/runs/${id}`);
    expect(waiting).toMatchObject({ status: 'waiting', reason: 'retry', steps: [{ status: 'waiting' }] });
    const [attempt] = waiting.steps[0].attempts;
    expect(attempt.error.code).toBe('http_429');
    const waitMs = Date.parse(attempt.nextAttemptAt) - Date.parse(attempt.startedAt);
    expect(waitMs).toBeGreaterThanOrEqual(3_599_000);
    expect(stub.received).toHaveLength(1);
    await letTimePass(app);
    expect((await finishedRun(app, id)).status).toBe('succeeded');
  });

  it('gives up after its last attempt, and the run fails with its error', async () => {
    stub.script('/a', { status: 500 }, { status: 500 }, { status: 502 });
    const run = await finishedRun(
      app,
      await runOf([
        { key: 'a', action: 'get', input: { url: `${stub.url}/a` }, retry: AT_ONCE },
        { key: 'b', action: 'get', input: { url: `${stub.url}/b` } },
      ]),
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'http_5xx' } });
    expect(statuses(run)).toEqual(['failed', 'skipped']);
    expect(run.steps[0].attempts).toHaveLength(3);
    expect(run.steps[0].error).toEqual(run.error);
  });

  it('is not sent again when the answer is 404', async () => {
    stub.script('/a', { status: 404 });
    const run = await finishedRun(app, await runOf([{ key: 'a', action: 'get', input: { url: `${stub.url}/a` } }]));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'http_4xx' } });
    expect(run.steps[0].attempts).toHaveLength(1);
  });

  it('follows redirects when it says so, and shows what it asked for and what it got in the end', async () => {
    stub.script('/a', { status: 303, headers: { location: '/b' } }, { status: 303, headers: { location: '/b' } });
    stub.script('/b', { status: 200, body: { there: true } });
    const step = { action: 'post', input: { url: `${stub.url}/a`, redirects: 5 } };
    const run = await finishedRun(
      app,
      await runOf([
        { key: 'a', ...step },
        { key: 'b', ...step, input: { ...step.input, redirects: 0 } },
      ]),
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'redirect' } });
    expect(statuses(run)).toEqual(['succeeded', 'failed']);
    expect(run.steps[0].attempts[0]).toMatchObject({
      request: { method: 'POST', url: `${stub.url}/a` },
      response: { status: 200, body: '{"there":true}' },
    });
    expect(run.steps[1].attempts).toHaveLength(1);
    expect(stub.on('/b')).toMatchObject([{ method: 'GET' }]);
  });

  it('that fails is passed over when the definition says continue', async () => {
    stub.script('/a', { status: 404 });
    stub.script('/b', { status: 200 });
    const run = await finishedRun(
      app,
      await runOf([
        { key: 'a', action: 'get', input: { url: `${stub.url}/a` }, onError: 'continue' },
        {
          key: 'b',
          action: 'post',
          input: { url: `${stub.url}/b`, body: [{ key: 's', value: '{{ steps.a.status }}' }] },
        },
      ]),
    );
    expect(run.status).toBe('succeeded');
    expect(statuses(run)).toEqual(['failed', 'succeeded']);
    expect(stub.on('/b')[0].body).toBe('{"s":404}');
  });

  it('that fails runs its error steps, and the run fails with the first error', async () => {
    stub.script('/a', { status: 400 });
    stub.script('/alarm', { status: 200 });
    const run = await finishedRun(
      app,
      await runOf([
        {
          key: 'a',
          action: 'get',
          input: { url: `${stub.url}/a` },
          onError: 'error-steps',
          errorSteps: [{ key: 'alarm', action: 'post', input: { url: `${stub.url}/alarm` } }],
        },
        { key: 'b', action: 'get', input: { url: `${stub.url}/b` } },
      ]),
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'http_4xx' } });
    expect(statuses(run)).toEqual(['failed', 'succeeded', 'skipped']);
  });

  it('is skipped when its condition is false, and the others run', async () => {
    stub.script('/b', { status: 200 });
    const run = await finishedRun(
      app,
      await runOf(
        [
          { key: 'a', action: 'get', input: { url: `${stub.url}/a` }, if: 'trigger.data.amount > 10' },
          { key: 'b', action: 'get', input: { url: `${stub.url}/b` } },
        ],
        { amount: 5 },
      ),
    );
    expect(run.status).toBe('succeeded');
    expect(statuses(run)).toEqual(['skipped', 'succeeded']);
  });

  it('alone and skipped lets the run succeed', async () => {
    const run = await finishedRun(
      app,
      await runOf([{ key: 'a', action: 'get', input: { url: `${stub.url}/a` }, if: 'false' }]),
    );
    expect(run).toMatchObject({ status: 'succeeded', steps: [{ status: 'skipped', attempts: [] }] });
  });

  it('that cannot be built fails with one attempt that was never sent', async () => {
    const run = await finishedRun(
      app,
      await runOf([
        {
          key: 'a',
          action: 'post',
          input: { url: `${stub.url}/a`, body: [{ key: 'who', value: '{{ trigger.data.who }}', whenMissing: 'fail' }] },
        },
      ]),
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'mapping' } });
    expect(run.error.message).toContain('who');
    expect(run.steps[0].attempts).toMatchObject([{ number: 1, status: 'failed', error: { code: 'mapping' } }]);
    expect(run.steps[0].attempts[0].response).toBeNull();
  });

  it('is refused a private address, with the entry that would allow it', async () => {
    const run = await finishedRun(
      app,
      await runOf([{ key: 'a', action: 'get', input: { url: 'http://10.1.2.3:8080/x' } }]),
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'blocked_address' } });
    expect(run.error.message).toContain('10.1.2.3:8080');
    expect(run.error.message).toContain('HOOKLINE_EGRESS_ALLOW');
    expect(run.steps[0].attempts).toHaveLength(1);
  });

  it('ends a receiver that hangs at its own time-out', async () => {
    stub.script('/a', () => undefined);
    const run = await finishedRun(
      app,
      await runOf([
        { key: 'a', action: 'get', input: { url: `${stub.url}/a` }, timeoutMs: 100, retry: { attempts: 1 } },
      ]),
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'total_timeout' } });
  });

  it('records what was sent and what came back, byte for byte, whatever it is', async () => {
    stub.script('/a', {
      status: 200,
      headers: { 'content-type': 'text/plain', 'x-twice': 'a' },
      body: '\u0000<script>alert(1)</script>',
    });
    const run = await finishedRun(
      app,
      await runOf(
        [
          {
            key: 'a',
            action: 'custom',
            input: {
              method: 'PATCH',
              bodyType: 'raw',
              contentType: 'text/plain',
              url: `${stub.url}/a?x=1`,
              headers: [{ key: 'X-Who', value: '{{ trigger.data.who }}' }],
              query: [{ key: 'q', value: 'a b&c' }],
              body: 'Hello {{ trigger.data.who }}',
            },
          },
        ],
        { who: 'Ada' },
      ),
    );
    const [attempt] = run.steps[0].attempts;
    expect(attempt.request).toMatchObject({
      method: 'PATCH',
      url: `${stub.url}/a?x=1&q=a%20b%26c`,
      body: 'Hello Ada',
      bytes: 9,
    });
    expect(attempt.request.headers).toMatchObject({ 'X-Who': 'Ada', 'Content-Type': 'text/plain' });
    expect(attempt.response).toMatchObject({ status: 200, body: '\u0000<script>alert(1)</script>', truncated: false });
    expect(attempt.remoteAddress).toContain('127.0.0.1');
    expect(attempt.durationMs).toBeGreaterThan(0);
    expect(stub.received[0]).toMatchObject({ method: 'PATCH', url: '/a?x=1&q=a%20b%26c', body: 'Hello Ada' });
  });
});

describe('a call to an address that nobody allowed', () => {
  const app = useApp({ env: { HOOKLINE_EGRESS_ALLOW: '' } });

  it.each([
    'http://127.0.0.1:9/',
    'http://localhost:9/',
    'http://2130706433:9/',
    'http://[::1]:9/',
    'http://0x7f.1:9/',
  ])('is never made: %s', async (url) => {
    await turnedOn(app, [{ key: 'a', action: 'get', input: { url } }]);
    const { body } = await send(app, {});
    const run = await finishedRun(app, body.runs.at(-1));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'blocked_address' } });
    expect(run.error.message).toMatch(/HOOKLINE_EGRESS_ALLOW/);
    expect(run.steps[0].attempts).toHaveLength(1);
  });
});
