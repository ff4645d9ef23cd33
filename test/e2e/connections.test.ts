import { SignIns } from '../../src/connections/sign-ins.service.js';
import { parseId } from '../../src/core/id.js';
import { createPrivateKey } from 'node:crypto';
import { useApp } from '../support/app.js';
import { finishedRun, letTimePass, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { selfSigned } from '../support/self-signed.js';
import { StubReceiver, useReceiver } from '../support/stub-receiver.js';
import { readTables } from '../support/table-copies.js';
import { logInto, Traces } from '../support/traces.js';

const CANARY = 'c4n@ry/s3cret+value=~!';
const CANARY_TOKEN = 'c4nary/t0ken+value=~';
const AUTHS = [
  { type: 'basic', username: 'ann', password: CANARY },
  { type: 'bearer', token: CANARY_TOKEN },
  { type: 'api-key', name: 'X-Api-Key', value: CANARY, in: 'header' },
  { type: 'api-key', name: 'api_key', value: CANARY, in: 'query' },
];

const client = selfSigned('our.client');
const cipher = { cipher: 'aes-256-cbc', passphrase: CANARY } as const;
/** Its passphrase and the password of its proxy are the canary too. */
const TRANSPORT = {
  tls: {
    cert: client.cert,
    key: createPrivateKey(client.key).export({ type: 'pkcs8', format: 'pem', ...cipher }),
    passphrase: CANARY,
  },
  proxy: { url: 'http://127.0.0.1:1', username: 'ann', password: CANARY },
};
/** One writing of it is no other's: RFC 3986 knows no `!`. */
const TRACES = new Traces()
  .add('the canary', CANARY)
  .add('the canary', encodeURIComponent(CANARY).replaceAll('!', '%21'))
  .add('the token', CANARY_TOKEN)
  .addKey('the key', client.key)
  .addKey('the locked key', TRANSPORT.tls.key as string, CANARY);
const tracesIn = (text: string): string[] => TRACES.in(text);

describe('a step with a connection', () => {
  const seen: string[] = [];
  const app = useApp({ logger: logInto(seen) });
  const stub = useReceiver();
  afterEach(() => app.deleteIntegrations());

  /** Every answer of the API is kept, to be searched for secrets. */
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await app.call(method, path, body);
    seen.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]));
    return answer;
  };
  const connected = async (auth: object, rest: object = {}) => {
    const { status, body } = await call('POST', '/api/v1/connections', { name: 'CRM', auth, ...rest });
    expect(status).toBe(201);
    return body.id as string;
  };
  const stepOf = (connectionId: string | null, path = '/a', rest: object = {}) => ({
    key: 'a',
    action: 'post',
    connectionId,
    input: { url: stub.url + path, ...rest },
  });
  const runOf = async (step: object) => {
    await turnedOn(app, [step]);
    const run = await finishedRun(app, (await send(app, {})).body.runs[0]);
    seen.push(JSON.stringify(run));
    return run;
  };

  it.each(AUTHS)('is signed in by $type, and its record shows a mask: %j', async (auth) => {
    stub.script('/a', { status: 200 });
    const run = await runOf(stepOf(await connected(auth), '/a?x=1'));
    expect(run.status).toBe('succeeded');
    const [{ headers, url }] = stub.received;
    const sent: Record<string, unknown> = {
      basic: headers.authorization === `Basic ${Buffer.from(`ann:${CANARY}`).toString('base64')}`,
      bearer: headers.authorization === `Bearer ${CANARY_TOKEN}`,
      'api-key': headers['x-api-key'] === CANARY || new URLSearchParams(url.split('?')[1]).get('api_key') === CANARY,
    };
    expect(sent[auth.type]).toBe(true);
    expect(JSON.stringify(run.steps[0].attempts[0].request)).toContain('••••');
  });

  it.each(AUTHS)('masks what a receiver repeats of $type, for people and for later steps: %j', async (auth) => {
    stub.always('/a', ({ url, headers, body }, response) => {
      response.setHeader('content-type', 'application/json').setHeader('x-url', url);
      response.end(JSON.stringify({ url, headers, body, other: 'a2' }));
    });
    stub.script('/b', { status: 503 }, { status: 200 });
    const connectionId = await connected(auth);
    const part = (name: string) => ({ key: name, value: `{{ steps.a.${name} }}` });
    const steps = [
      { ...stepOf(connectionId), input: { url: `${stub.url}/a`, body: [{ key: 'own', value: 'a1' }] } },
      {
        ...{ key: 'b', action: 'post', retry: { attempts: 2 } },
        input: { url: `${stub.url}/b`, body: [part('headers'), part('body')] },
      },
    ];
    const integration = await turnedOn(app, steps);
    const id = (await send(app, {})).body.runs[0] as string;
    await runUntilIdle(app);
    await letTimePass(app);
    const run = await finishedRun(app, id);
    expect(run.status).toBe('succeeded');
    const recorded = run.steps[0].attempts[0].response;
    expect(tracesIn(JSON.stringify(recorded))).toEqual([]);
    expect(recorded.body).toContain('••••');
    expect(JSON.parse(recorded.body as string)).toMatchObject({ body: '{"own":"a1"}', other: 'a2' });
    // The first from memory, the second from the record: the run waited in between.
    const [first, second] = stub.on('/b').map(({ body }) => body);
    expect(first).toBe(second);
    expect(tracesIn(first)).toEqual([]);
    expect(first).toContain('••••');
    seen.push(JSON.stringify(run));
    const tested = await call('POST', `/api/v1/integrations/${integration}/steps/a/test`, { event: { data: {} } });
    expect(tested.body.output.body).toMatchObject({ body: '{"own":"a1"}', other: 'a2' });
    await call('POST', `/api/v1/connections/${connectionId}/test`, { url: `${stub.url}/a` });
  });

  it('is tested with it, and its preview shows a mask too', async () => {
    stub.script('/a', { status: 200 });
    const { body } = await call('POST', '/api/v1/integrations', {
      name: 'Test',
      trigger: { type: 'manual' },
      steps: [stepOf(await connected(AUTHS[0]))],
    });
    const test = (preview: boolean) =>
      call('POST', `/api/v1/integrations/${body.id}/steps/a/test`, { event: { data: {} }, preview });
    expect((await test(true)).body.request.headers.Authorization).toBe('Basic ••••');
    expect((await test(false)).body).toMatchObject({
      outcome: 'succeeded',
      request: { headers: { Authorization: 'Basic ••••' } },
    });
    expect(stub.received).toHaveLength(1);
  });

  it('sends nothing to a host that the connection is not for: run, step test, connection test', async () => {
    const elsewhere = await connected(AUTHS[1], { allowedHosts: ['*.example.com', '127.0.0.1:1'] });
    const step = {
      key: 'a',
      action: 'get',
      connectionId: elsewhere,
      input: { url: '{{ trigger.data.url }}' },
    };
    const id = await turnedOn(app, [step]);
    const { body } = await send(app, { url: `${stub.url}/a` });
    const run = await finishedRun(app, body.runs[0]);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'auth' } });
    expect(run.error.message).toMatch(/"CRM" may not be used for 127\.0\.0\.1:\d+: nothing was sent/);
    expect(run.steps[0].attempts).toMatchObject([{ status: 'failed', request: { url: `${stub.url}/a` } }]);
    const test = await call('POST', `/api/v1/integrations/${id}/steps/a/test`, {
      event: { data: { url: `${stub.url}/a` } },
    });
    expect(test.body).toMatchObject({ outcome: 'failed', error: { code: 'auth' }, response: null });
    const direct = await call('POST', `/api/v1/connections/${elsewhere}/test`, { url: `${stub.url}/a` });
    expect(direct.body).toMatchObject({ outcome: 'failed', error: { code: 'auth' }, response: null });
    expect(stub.received).toEqual([]);
  });

  it.each([AUTHS[1], AUTHS[3]])('gives its credentials to no other origin by a redirect: %j', async (auth) => {
    const other = await StubReceiver.start();
    try {
      other.script('/b', { status: 200 });
      stub.script('/a', { status: 307, headers: { location: `${other.url}/b?x=1&api_key=old` } });
      const run = await runOf(stepOf(await connected(auth), '/a', { redirects: 1 }));
      expect(run.status).toBe('succeeded');
      expect(tracesIn(JSON.stringify(stub.received))).not.toEqual([]);
      expect(tracesIn(JSON.stringify(other.received))).toEqual([]);
      expect(other.received[0].headers.authorization).toBeUndefined();
    } finally {
      await other.stop();
    }
  });

  it('cannot go On where the connection is gone, clashes or is for other hosts', async () => {
    const id = await connected(AUTHS[0], { allowedHosts: ['api.example.com'] });
    const { body } = await call('POST', '/api/v1/integrations', {
      name: 'Test',
      trigger: { type: 'manual' },
      steps: [
        stepOf(`con_${'0'.repeat(26)}`),
        { ...stepOf(id, '/', { headers: [{ key: 'authorization', value: 'own' }] }), key: 'b' },
      ],
    });
    const on = await call('PUT', `/api/v1/integrations/${body.id}/state`, { state: 'on' });
    expect(on.status).toBe(422);
    expect(on.body.errors.map(({ path, code }: any) => `${path} ${code}`)).toEqual([
      '/steps/0/connectionId unknown_connection',
      '/steps/1/input/headers/0/key connection_clash',
      '/steps/1/input/url host_not_allowed',
    ]);
  });

  it('keeps its connection from being deleted, as draft and as what runs', async () => {
    const [one, other] = [await connected({ type: 'none' }), await connected({ type: 'none' })];
    const id = await turnedOn(app, [stepOf(one)]);
    await app.call(
      'PATCH',
      `/api/v1/integrations/${id}`,
      { steps: [stepOf(other)], name: 'Renamed' },
      { 'if-match': '"1"' },
    );
    for (const used of [one, other]) {
      const refused = await call('DELETE', `/api/v1/connections/${used}`);
      expect(refused).toMatchObject({ status: 409, body: { code: 'connection_in_use' } });
      expect(refused.body.detail).toContain('"Renamed"');
      expect((await call('GET', `/api/v1/connections/${used}`)).body.usedBy).toEqual([{ id, name: 'Renamed' }]);
    }
    await call('POST', `/api/v1/integrations/${id}/publish`, {});
    expect((await call('DELETE', `/api/v1/connections/${one}`)).status).toBe(204);
    const copy = await call('POST', `/api/v1/integrations/${id}/duplicate`);
    await call('DELETE', `/api/v1/integrations/${id}`);
    expect((await call('DELETE', `/api/v1/connections/${other}`)).status).toBe(409);
    await call('DELETE', `/api/v1/integrations/${copy.body.id}`);
    expect((await call('DELETE', `/api/v1/connections/${other}`)).status).toBe(204);
  });

  it('waits, with reason connection, while the key of its secret is missing, and goes on when it is back', async () => {
    const id = await connected(AUTHS[1]);
    await turnedOn(app, [stepOf(id)]);
    const { source } = app.database;
    await source.query(
      `update connections set secret = regexp_replace(secret, '^v1[.][0-9a-f]{8}', 'v1.00000000') where id = $1`,
      [parseId('con', id)],
    );
    const signIns = app.program.app.get(SignIns, { strict: false });
    signIns.forget(null);
    const runId = (await send(app, {})).body.runs[0];
    await runUntilIdle(app);
    expect((await call('GET', `/api/v1/runs/${runId}`)).body).toMatchObject({
      status: 'waiting',
      reason: 'connection',
    });
    stub.script('/a', { status: 200 });
    await call('PATCH', `/api/v1/connections/${id}`, { auth: AUTHS[1] });
    await letTimePass(app);
    expect((await finishedRun(app, runId)).status).toBe('succeeded');
  });

  it('is tried by itself, and remembers when', async () => {
    stub.script('/me', { status: 200, body: { name: 'Ann' } }, { status: 401, body: {} });
    const id = await connected(AUTHS[2]);
    const test = () => call('POST', `/api/v1/connections/${id}/test`, { url: `${stub.url}/me` });
    expect((await test()).body).toMatchObject({
      request: { method: 'GET', headers: { 'X-Api-Key': '••••' } },
      response: { status: 200, body: '{"name":"Ann"}' },
      outcome: 'succeeded',
      error: null,
    });
    const read = async () => (await call('GET', `/api/v1/connections/${id}`)).body;
    expect(await read()).toMatchObject({ lastTestOutcome: 'succeeded' });
    expect((await test()).body).toMatchObject({ outcome: 'failed', error: { code: 'http_4xx' } });
    const tested = await read();
    expect(tested).toMatchObject({ lastTestedAt: expect.stringMatching(/^\d{4}-.*Z$/), lastTestOutcome: 'failed' });
    await call('PATCH', `/api/v1/connections/${id}`, { name: 'Renamed' });
    expect(await read()).toMatchObject({ lastTestOutcome: 'failed' });
    await call('PATCH', `/api/v1/connections/${id}`, { auth: AUTHS[2] });
    expect(await read()).toMatchObject({ lastTestedAt: tested.lastTestedAt, lastTestOutcome: null });
  });

  it.each([
    [{ type: 'oauth2' }, '/auth', ''],
    [{ type: 'standard-webhooks', secrets: [] }, '/auth/secrets', ''],
    [{ type: 'standard-webhooks', secrets: ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }, '/auth/secrets/0', 'whsec_'],
    [{ type: 'shared-secret', secrets: ['••••1••••'] }, '/auth/secrets/0', 'mask'],
    [{ type: 'nonsense' }, '/auth', ''],
    [{ type: 'bearer' }, '/auth/token', ''],
    [{ type: 'bearer', token: '••••' }, '/auth/token', ''],
    [{ type: 'bearer', token: 'a\r\nb' }, '/auth/token', ''],
    [{ type: 'basic', username: 'a:b', password: '' }, '/auth/username', ''],
    [{ type: 'api-key', name: 'Host', value: 'x', in: 'header' }, '/auth/name', ''],
    [{ type: 'api-key', name: 'a b', value: 'x', in: 'header' }, '/auth/name', ''],
    [{ type: 'api-key', name: 'X', value: '日本', in: 'header' }, '/auth/value', 'Latin-1'],
  ])('is refused where its sign-in is none: %j', async (auth, path, message) => {
    const { status, body } = await call('POST', '/api/v1/connections', { name: 'Bad', auth });
    expect(status).toBe(422);
    expect(body.errors[0].path.startsWith(path)).toBe(true);
    expect(body.errors[0].message).toContain(message);
  });

  it('leaves no trace of its secret: not in an answer, a run, a log line or any table', async () => {
    // Also where the call fails, and where the receiver cannot be reached.
    stub.always('/a', { status: 500, body: 'no' });
    for (const auth of AUTHS) {
      const connectionId = await connected(auth);
      await runOf({ ...stepOf(connectionId), retry: { attempts: 1 } });
      const url = 'http://127.0.0.1:1/x';
      await runOf({ ...stepOf(connectionId), input: { url }, retry: { attempts: 1 } });
      await call('POST', `/api/v1/connections/${connectionId}/test`, { url });
    }
    const withTransport = await connected(AUTHS[1], TRANSPORT);
    await runOf({ ...stepOf(withTransport), retry: { attempts: 1 } });
    await call('POST', `/api/v1/connections/${withTransport}/test`, { url: `${stub.url}/a` });
    const patched = await call('PATCH', `/api/v1/connections/${withTransport}`, { proxy: { username: 'bob' } });
    expect(patched.body).toMatchObject({ tls: { key: '••••' }, proxy: { username: 'bob', password: '••••' } });
    await runUntilIdle(app);
    for (const { id } of (await call('GET', '/api/v1/runs?limit=250')).body.data)
      await call('GET', `/api/v1/runs/${id}`);
    await call('GET', '/api/v1/connections');
    expect(seen.join()).toContain('run.finished');
    expect(tracesIn(seen.join('\n'))).toEqual([]);
    const tables = await readTables(app.database.source);
    for (const [name, text] of tables) expect({ name, traces: tracesIn(text) }).toEqual({ name, traces: [] });
  });

  it('finds the traces that it looks for', () => {
    expect(tracesIn(Buffer.from(`ann:${CANARY}`).toString('base64'))).not.toEqual([]);
    expect(tracesIn(`?a=${encodeURIComponent(CANARY)}`)).not.toEqual([]);
    expect(tracesIn(JSON.stringify({ key: client.key }))).not.toEqual([]);
    expect(tracesIn(Buffer.from(`"token":"${CANARY_TOKEN}"`).toString('base64'))).not.toEqual([]);
  });
});
