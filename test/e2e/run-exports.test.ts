import { newUuid, parseId } from '../../src/core/id.js';
import { useApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const BIG = 3 * 1024 * 1024;

describe('the export of a run', () => {
  const app = useApp();
  const stub = useSharedReceiver();
  let run: any;

  beforeAll(async () => {
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

  it('is bounded where a run is read: the bodies of its newest attempts, and of the others how long they are', async () => {
    stub.script('/a', { status: 200 });
    const { body: accepted } = await send(app, { who: 'many' });
    const { id, steps } = await finishedRun(app, accepted.runs[0]);
    const uuid = parseId('run', id as string);
    const { source } = app.database;
    const ids = Array.from({ length: 40 }, () => newUuid(Date.now()));
    await source.query(
      `with a as (insert into attempts (run_id, step, number, id, fence, method, url, request_bytes)
                  select $1, 'a', 100 + n, id, 1, 'POST', 'http://a.example/', 1048576
                  from unnest($2::uuid[]) with ordinality u (id, n) returning number),
            e as (insert into attempt_ends (run_id, step, number, state, status, response_bytes)
                  select $1, 'a', number, 2, 200, 1048576 from a)
       insert into attempt_payloads (run_id, step, number, part, headers, body)
       select $1, 'a', number, part, '[]', convert_to(repeat('x', 1048576), 'utf8') from a, generate_series(1, 2) part`,
      [uuid, ids],
    );
    const { status, body } = await app.call('GET', `/api/v1/runs/${id}`);
    const all = body.steps[0].attempts as any[];
    expect([status, all.length]).toEqual([200, 40 + steps[0].attempts.length]);
    const withBodies = all.filter(({ request, response }) => request.body !== null && response.body !== null);
    expect(withBodies).toEqual(all.slice(-8));
    expect(all.at(-1)).toMatchObject({ request: { body: 'x'.repeat(1048576) }, response: { truncated: false } });
    expect(all.at(-9)).toMatchObject({
      request: { body: null, bytes: 1048576 },
      response: { body: null, bytes: 1048576, truncated: true },
    });
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
