import { createHmac, createPrivateKey, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { accessUrl, readAccess } from '../../src/platform/database/embedded/access-file.js';
import { SEALED_COLUMNS } from '../../src/platform/secrets/sealed-columns.js';
import { ADMIN_KEY, SECRET_KEY } from '../support/administrator.js';
import { send, turnedOn } from '../support/engine.js';
import { type HooklineProcess, Processes } from '../support/processes.js';
import { selfSigned } from '../support/self-signed.js';
import { startProxy, type Proxy } from '../support/proxy.js';
import { StubReceiver, type Received } from '../support/stub-receiver.js';
import { copyTables } from '../support/table-copies.js';
import { filesBelow, Traces } from '../support/traces.js';
import { until } from '../support/until.js';

/** No escaping changes it: whatever of a secret is written down, in whatever way, has it. */
const NUCLEUS = 'zq7CanaryK';
/** Around it, what is escaped differently everywhere. */
const secretOf = (name: string) => `p/"%+&=<${NUCLEUS}-${name}>\\~!`;
/** Nobody's secret: found by the same search wherever it looks, or the search is none. */
const CONTROL = 'c0ntrol & Käme';

const ours = selfSigned('our.client');
const locked = createPrivateKey(ours.key).export({
  ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: secretOf('passphrase') },
}) as string;
/** All that a later step can read of a receiver that repeats what came. */
const HAND_ON = { key: 'echoed', value: '{{ steps.step_6 }}', whenMissing: 'omit' };
const WHSEC = `whsec_${Buffer.concat([Buffer.from(NUCLEUS), randomBytes(22)]).toString('base64')}`;
const KEYS = [randomBytes(32).toString('base64'), SECRET_KEY];

/** As a debugging service does: what it understood, and what came. */
function echo(request: Received, response: ServerResponse): void {
  const { authorization = '' } = request.headers;
  const basic = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
  const got = {
    ...request,
    args: [...new URL(request.url, 'http://a').searchParams],
    basic,
    again: JSON.stringify(request),
  };
  response.setHeader('content-type', 'application/json').setHeader('x-request', request.url);
  for (const name of ['authorization', 'x-key']) response.setHeader(`x-got-${name}`, request.headers[name] ?? '');
  response.end(JSON.stringify(got));
}

/** As an error page does. */
function echoAsHtml({ url, headers }: Received, response: ServerResponse): void {
  const text = JSON.stringify([url, decodeURIComponent(url), headers.authorization, headers['x-key']]);
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
  response.writeHead(400, { 'content-type': 'text/html' });
  response.end(`<pre>${text.replace(/[&<>"']/g, (char) => entities[char])}</pre>`);
}

describe('a secret', () => {
  let processes: Processes;
  let program: HooklineProcess;
  let stub: StubReceiver;
  let proxy: Proxy;
  const canaries = new Traces().add('a secret', NUCLEUS).addKey('the key', ours.key);
  const control = new Traces().add('the control', CONTROL);
  /** Shown to whoever may see them, or given by the settings, and nowhere else. */
  const shownOnce = new Traces().add('the key of the administrator', ADMIN_KEY);
  const answers: string[] = [];

  beforeAll(async () => {
    for (const key of KEYS) shownOnce.add('a key that seals', key).add('a key that seals', Buffer.from(key, 'base64'));
    for (const line of locked.split('\n').filter((text) => text.length === 64)) canaries.add('the locked key', line);
    const authorization = `Basic ${Buffer.from(`${CONTROL}:${secretOf('proxy')}`).toString('base64')}`;
    [processes, stub, proxy] = await Promise.all([
      Processes.make(),
      StubReceiver.start(),
      startProxy({ authorization }),
    ]);
    stub.always('/well', { body: { well: true } });
    stub.always('/badly', { status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>No</h1>' });
    stub.always('/refused', { status: 401, body: { error: 'no' } });
    stub.always('/away', { status: 302, headers: { location: `${stub.url.replace('127.0.0.1', '127.0.0.2')}/well` } });
    stub.always('/file', {
      headers: { 'content-type': 'application/octet-stream' },
      body: control.specimen.toString(),
    });
    stub.always('/echo', echo);
    stub.always('/echo-html', echoAsHtml);
    let tokens = 0;
    stub.always('/token', (_, response) => {
      tokens += 1;
      const body = { access_token: secretOf(`access-${tokens}`), refresh_token: secretOf(`refresh-${tokens}`) };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...body, token_type: 'Bearer' }));
    });
    stub.always('/no-token', { status: 400, body: { error: 'invalid_grant', error_description: 'It ended.' } });
    program = await processes.start({ HOOKLINE_LOG_LEVEL: 'trace', HOOKLINE_SECRET_KEY: KEYS.join() });
  }, 120_000);
  afterAll(async () => {
    await processes?.end();
    await Promise.all([stub?.stop(), proxy?.close()]);
  });

  /** Every write with an idempotency key: what is kept for a repetition is looked through too. */
  const call = async (method: string, path: string, body?: unknown) => {
    const headers: Record<string, string> =
      method === 'GET' ? {} : { 'idempotency-key': randomBytes(8).toString('hex') };
    const answer = await program.call(method, path, body, headers);
    answers.push(`${method} ${path}\n${JSON.stringify(answer.body)}\n${JSON.stringify([...answer.headers])}`);
    return answer;
  };
  const connected = async (auth: object, rest: object = {}) => {
    const { status, body } = await call('POST', '/api/v1/connections', { name: CONTROL, auth, ...rest });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
    return body.id as string;
  };
  const oauth2 = (accessTokenUrl: string, rest: object = {}) => ({
    ...{ type: 'oauth2', authorizationUrl: `${stub.url}/authorize`, accessTokenUrl, clientId: 'hookline', scope: '' },
    ...{ clientSecret: secretOf('client-secret'), ...rest },
  });

  /** One of every kind. */
  async function connections(): Promise<string[]> {
    const token = `${stub.url}/token`;
    const tls = { cert: ours.cert, key: locked, passphrase: secretOf('passphrase') };
    const pasted = { accessToken: secretOf('pasted-access'), refreshToken: secretOf('pasted-refresh') };
    const clientOnly = {
      type: 'oauth2-client-credentials',
      clientId: 'hookline',
      clientSecret: secretOf('credentials'),
    };
    return Promise.all([
      connected({ type: 'basic', username: CONTROL, password: secretOf('basic') }),
      connected({ type: 'bearer', token: secretOf('bearer') }),
      connected({ type: 'api-key', name: 'X-Key', value: secretOf('header'), in: 'header' }),
      connected({ type: 'api-key', name: 'key', value: secretOf('query'), in: 'query' }),
      connected({ type: 'standard-webhooks', secrets: [WHSEC] }),
      connected({ type: 'shared-secret', secrets: [secretOf('shared')] }),
      connected(oauth2(token, pasted)),
      connected(oauth2(`${stub.url}/no-token`, { accessToken: null, refreshToken: secretOf('refused') })),
      connected({ ...clientOnly, accessTokenUrl: token, clientAuth: 'body' }),
      connected({ ...clientOnly, accessTokenUrl: token, clientAuth: 'header' }),
      connected({ type: 'bearer', token: secretOf('behind-tls') }, { tls }),
      connected({ type: 'none' }, { tls: { cert: ours.cert, key: ours.key } }),
      connected(
        { type: 'bearer', token: secretOf('behind-proxy') },
        { proxy: { url: proxy.url, username: CONTROL, password: secretOf('proxy') } },
      ),
      connected({ type: 'none' }, { proxy: { url: proxy.url, username: 'x', password: secretOf('wrong-proxy') } }),
    ]);
  }

  /** Calls that end in every way, by a run, a test of a step and a test of the connection; and how they are shown. */
  async function use(connectionId: string, paths: string[]): Promise<void> {
    const urls = [...paths.map((path) => stub.url + path), `${stub.url.replace('http', 'https')}/well`];
    const steps = urls.map((url, at) => ({
      ...{ key: `step_${at}`, action: 'post', connectionId, onError: 'continue', retry: { attempts: 1 } },
      input: { url, body: [{ key: 'control', value: '{{ trigger.data.control }}' }], redirects: 3 },
    }));
    const handOn = { key: 'hand_on', action: 'post', input: { url: `${stub.url}/well`, body: [HAND_ON] } };
    const id = await turnedOn({ call }, [...steps, handOn], { name: CONTROL });
    const data = { control: control.specimen.toString() };
    const sent = await send({ call }, data);
    await call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });
    for (const { key } of steps) {
      await call('POST', `/api/v1/integrations/${id}/steps/${key}/test`, {
        event: { data },
        preview: key === 'step_0',
      });
    }
    for (const url of urls) await call('POST', `/api/v1/connections/${connectionId}/test`, { url });
    const run = sent.body.runs[0] as string;
    // Of one that is refused a new token, runs wait.
    await until(`${run} comes to rest`, async () =>
      ['succeeded', 'failed', 'waiting'].includes(
        (await program.call('GET', `/api/v1/runs/${run}`)).body.status as string,
      ),
    );
    const { body } = await call('GET', `/api/v1/runs/${run}`);
    await call('GET', `/api/v1/runs/${run}/har`);
    for (const { attempts } of body.steps) {
      for (const attempt of attempts) await call('GET', `/api/v1/runs/${run}/attempts/${attempt.id}/curl`);
    }
    await call('GET', `/api/v1/connections/${connectionId}`);
  }

  async function signIn(connectionId: string): Promise<void> {
    const { body } = await program.call('POST', `/api/v1/connections/${connectionId}/authorize`);
    const state = new URL(body.authorizationUrl as string).searchParams.get('state')!;
    shownOnce.add('the state', state);
    const query = new URLSearchParams({ state, code: secretOf('code') });
    const page = await fetch(`${program.url}/oauth/callback?${query.toString()}`);
    answers.push(await page.text());
    await program.call('POST', `/api/v1/connections/${connectionId}/authorize`); // and one that nobody ends
  }

  async function deliverTo(preset: string, connectionId: string): Promise<void> {
    const trigger = { type: 'webhook', methods: ['POST'], verification: { preset, connectionId } };
    const step = { key: 'a', action: 'get', input: { url: `${stub.url}/well` } };
    const made = await program.call(
      'POST',
      '/api/v1/integrations',
      { name: CONTROL, trigger, steps: [step] },
      { 'idempotency-key': randomBytes(8).toString('hex') },
    );
    await call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' });
    const { pathname } = new URL(made.body.hookUrl as string);
    shownOnce.add('the token of a hook', pathname.split('/').at(-1)!);
    const body = JSON.stringify({ control: CONTROL });
    const basic = (password: string) => `Basic ${Buffer.from(`${CONTROL}:${password}`).toString('base64')}`;
    const signature = createHmac('sha256', secretOf('shared')).update(body).digest('hex');
    for (const headers of [
      { authorization: basic(secretOf('basic')) },
      { authorization: basic(secretOf('basic, a wrong one')) },
      { authorization: `Bearer ${secretOf('bearer')}` },
      { 'x-hub-signature-256': `sha256=${signature}` },
      { cookie: `session=${NUCLEUS}`, 'x-api-key': secretOf('header') },
    ]) {
      const all = { 'content-type': 'application/json', ...headers };
      answers.push(await (await fetch(program.url + pathname, { method: 'POST', headers: all as never, body })).text());
    }
    for (const { id } of (await call('GET', '/api/v1/hook-deliveries')).body.data) {
      await call('GET', `/api/v1/hook-deliveries/${id}`);
      await call('POST', `/api/v1/hook-deliveries/${id}/check`);
    }
  }

  /** Requests that are refused, with secrets in them; and the keys that callers sign in with. */
  async function misuse(connectionId: string): Promise<void> {
    for (const auth of [
      { type: 'bearer', token: `${secretOf('bad')} with spaces` },
      { type: 'standard-webhooks', secrets: [secretOf('bad')] },
      { type: 'basic', username: 'a:b', password: secretOf('bad'), [secretOf('member').slice(8, 20)]: 1 },
      { type: 'api-key', name: 'a b', value: secretOf('bad'), in: 'nowhere' },
    ]) {
      await program.call('POST', '/api/v1/connections', { name: CONTROL, auth });
    }
    for (const change of [
      { tls: { cert: ours.cert, key: locked, passphrase: `${secretOf('bad')}-too` } },
      { tls: { cert: selfSigned('other').cert, key: ours.key } },
      { auth: { type: 'bearer', token: `${secretOf('bad')}\n` } },
      { proxy: { url: `http://user:${encodeURIComponent(secretOf('bad'))}@proxy.example` } },
    ]) {
      expect((await call('PATCH', `/api/v1/connections/${connectionId}`, change)).status).toBe(422);
    }
    const { body } = await program.call('POST', '/api/v1/api-keys', { name: CONTROL, role: 'viewer' });
    shownOnce.add('an API key', body.key as string);
    const headers = { 'content-type': 'application/json' };
    const signedIn = await fetch(`${program.url}/api/v1/auth/sign-in`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ key: body.key }) },
    });
    shownOnce.add('a session', signedIn.headers.getSetCookie()[0].split(';')[0].split('=')[1]);
    const made = await program.call(
      ...(['POST', '/v4/webhook-subscriptions'] as const),
      { webhookUrl: `${stub.url}/well`, webhookHttpMethod: 'POST', events: ['workflow_finished'] },
      { 'idempotency-key': randomBytes(8).toString('hex') },
    );
    expect(made.status).toBe(201);
    shownOnce.add('the secret of a subscription', String(made.body.secret).replace('whsec_', ''));
  }

  it('of any kind is in no answer, page, run, export, metric, log, table, or file of the data folder', async () => {
    const ids = await connections();
    await signIn(ids[6]);
    const paths = ['/well', '/badly', '/refused', '/away', '/file', '/echo-html', '/echo'];
    for (const id of ids) await use(id, paths);
    await deliverTo('basic', ids[0]);
    await deliverTo('bearer', ids[1]);
    await deliverTo('github', ids[5]);
    await misuse(ids[10]);
    for (const list of ['connections', 'integrations', 'runs', 'events', 'event-types', 'stats', 'api-keys']) {
      await call('GET', `/api/v1/${list}`);
    }
    await call('GET', '/metrics');
    const rotation = processes.spawn({ HOOKLINE_SECRET_KEY: KEYS.toReversed().join() }, 'rotate-keys.js');
    expect(await rotation.ended).toMatchObject({ code: 0 });

    const copies = await copyTables(accessUrl((await readAccess(processes.dataDir))!));
    await program.stop();
    const log = [program, rotation]
      .map((each) => [...each.log.map((line) => JSON.stringify(line)), ...each.lines, each.errors].join('\n'))
      .join('\n');
    const files = [...filesBelow(processes.dataDir)];

    // The search finds what is there, in every way in which it could be written.
    expect(control.missingIn(answers.join('\n'))).toEqual([]);
    expect(control.missingIn(copies.get('connections')!)).not.toContain('the control, as it is');
    expect(control.missingIn(Buffer.concat([...copies.values()]))).toEqual([]);
    expect(new Traces().add('a run', 'run.finished').in(log)).not.toEqual([]);
    const holding = files.filter(({ bytes }) => control.missingIn(bytes).length === 0).map(({ path }) => path);
    expect(holding.filter((path) => path.startsWith(join(processes.dataDir, 'files')))).not.toEqual([]);
    expect(holding.filter((path) => path.includes('/pg_wal/'))).not.toEqual([]);
    expect(
      stub.received.filter(({ headers, url }) => canaries.in(JSON.stringify([headers, url])).length > 0).length,
    ).toBeGreaterThan(50);

    expect(answers.flatMap((text) => canaries.in(text))).toEqual([]);
    expect([...canaries.in(log), ...shownOnce.in(log)]).toEqual([]);
    const found = (bytes: Buffer) => [...canaries.in(bytes), ...shownOnce.in(bytes)];
    expect([...copies].map(([name, bytes]) => [name, found(bytes)]).filter(([, traces]) => traces.length > 0)).toEqual(
      [],
    );
    expect(files.map(({ path, bytes }) => [path, found(bytes)]).filter(([, traces]) => traces.length > 0)).toEqual([]);

    // What looks sealed lies where the rotation of keys looks.
    const sealed = [...copies].filter(([, bytes]) =>
      /(^|[\t\n])v1\.[0-9a-f]{8}\.[\w-]{38}/.test(bytes.toString('latin1')),
    );
    expect(sealed.map(([name]) => name)).toEqual([...new Set(SEALED_COLUMNS.map(({ table }) => table))].sort());
  }, 180_000);
});
