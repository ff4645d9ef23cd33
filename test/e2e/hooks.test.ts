import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { HookDeliveryRetention } from '../../src/ingest/hooks/hook-delivery-retention.js';
import { startApp, type TestApp } from '../support/app.js';
import { runUntilIdle } from '../support/engine.js';
import { StubReceiver } from '../support/stub-receiver.js';

const WHSEC = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
const SECRET = 'a shared secret';
const hmac = (content: string, encoding: 'hex' | 'base64' = 'hex', secret = SECRET) =>
  createHmac('sha256', secret).update(content).digest(encoding);
const now = () => Math.floor(Date.now() / 1000);

/** How each preset's sender signs a body at a time, in seconds. */
const SENDERS: Record<string, (body: string, seconds: number) => Record<string, string>> = {
  'standard-webhooks': (body, seconds) => ({
    'webhook-id': `msg_${body.length}_${seconds}`,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(WHSEC).sign(`msg_${body.length}_${seconds}`, new Date(seconds * 1000), body),
  }),
  github: (body) => ({ 'x-hub-signature-256': `sha256=${hmac(body)}`, 'x-github-delivery': 'not signed' }),
  stripe: (body, seconds) => ({ 'stripe-signature': `t=${seconds},v1=${hmac(`${seconds}.${body}`)}` }),
  slack: (body, seconds) => ({
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${hmac(`v0:${seconds}:${body}`)}`,
  }),
  shopify: (body) => ({ 'x-shopify-hmac-sha256': hmac(body, 'base64') }),
  hmac: (body, seconds) => ({ 'x-time': String(seconds), 'x-signature': hmac(`${seconds}.${body}`) }),
};
const TIMED = ['standard-webhooks', 'stripe', 'slack', 'hmac'];
const GENERIC = { signedContent: '{timestamp}.{body}', timestampHeader: 'X-Time' };

describe('a hook URL', () => {
  let app: TestApp;
  let stub: StubReceiver;
  let shared: string;
  let standard: string;

  beforeAll(async () => {
    [app, stub] = await Promise.all([startApp(), StubReceiver.start()]);
    stub.always('/in', {});
    shared = await connection({ type: 'shared-secret', secrets: [SECRET] });
    standard = await connection({ type: 'standard-webhooks', secrets: [WHSEC] });
  });
  afterAll(async () => {
    await app?.stop();
    await stub?.stop();
  });
  beforeEach(() => stub.received.splice(0));

  const connection = async (auth: object) =>
    (await app.call('POST', '/api/v1/connections', { name: 'Sender', auth })).body.id as string;

  /** An integration that hands on what came in, turned On. */
  async function hook(trigger: object = {}, on = true): Promise<{ id: string; url: string; etag: string }> {
    const made = await app.call('POST', '/api/v1/integrations', {
      name: 'Hook',
      trigger: { type: 'webhook', ...trigger },
      steps: [
        {
          key: 'hand_on',
          action: 'post',
          input: { url: `${stub.url}/in`, body: [{ key: 'data', value: '{{ trigger.data }}' }] },
        },
      ],
    });
    expect(made).toMatchObject({ status: 201 });
    if (on)
      expect((await app.call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' })).status).toBe(200);
    const url = app.url + new URL(made.body.hookUrl as string).pathname;
    return { id: made.body.id, url, etag: made.headers.get('etag')! };
  }
  const verified = (preset: string, rest: object = {}) =>
    hook({
      verification: {
        preset,
        connectionId: preset === 'standard-webhooks' ? standard : shared,
        ...(preset === 'hmac' ? GENERIC : {}),
        ...rest,
      },
    });
  async function deliver(
    url: string,
    body: string | Buffer | null,
    headers: Record<string, string> = {},
    method = 'POST',
  ) {
    const response = await fetch(url, {
      method,
      headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body as string,
      redirect: 'manual',
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text.startsWith('{') ? JSON.parse(text) : null,
    };
  }
  const deliveries = async (id: string, query = '') =>
    (await app.call('GET', `/api/v1/hook-deliveries?integrationId=${id}${query}`)).body.data as any[];
  const reasons = async (id: string) =>
    (await deliveries(id, '&outcome=refused')).map(({ reason }) => reason as string).reverse();
  const received = async () => {
    await runUntilIdle(app);
    return stub.received.map(({ body }) => (JSON.parse(body) as { data: unknown }).data);
  };

  it('has 160 random bits, is shown to developers only, and starts one run for a call', async () => {
    const { id, url } = await hook();
    expect(url).toMatch(/\/hooks\/[\w-]{27}$/);
    const answer = await deliver(url, '{"n":1.0,"big":12345678901234567890}');
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ id: expect.stringMatching(/^evt_/), runs: [expect.stringMatching(/^run_/)] });
    await runUntilIdle(app);
    expect(stub.received[0].body).toBe('{"data":{"n":1.0,"big":12345678901234567890}}');
    const viewer = (await app.call('POST', '/api/v1/api-keys', { name: 'v', role: 'viewer' })).body.key as string;
    const seen = await app.call('GET', `/api/v1/integrations/${id}`, undefined, { authorization: `Bearer ${viewer}` });
    expect(seen.body.hookUrl).toBeNull();
    expect(await deliveries(id)).toMatchObject([{ outcome: 'accepted', reason: null, eventId: answer.body.id }]);
  });

  it('unknown is 404, of whatever form', async () => {
    for (const token of ['x', 'A'.repeat(27), '..%2f..', 'ü']) {
      expect((await deliver(`${app.url}/hooks/${token}`, '{}')).status).toBe(404);
    }
  });

  describe.each(Object.keys(SENDERS))('verified as %s', (preset) => {
    const sign = SENDERS[preset];

    it('takes a signed delivery once; its second use is refused and on record', async () => {
      const { id, url } = await verified(preset);
      const body = '{"a":1}';
      const headers = sign(body, now());
      const first = await deliver(url, body, headers);
      expect(first.status).toBe(202);
      const changed = preset === 'github' ? { ...headers, 'x-github-delivery': 'another one' } : headers;
      const second = await deliver(url, body, changed);
      expect([second.status, second.body.detail]).toEqual([401, 'The delivery was refused.']);
      expect(await reasons(id)).toEqual(['replay']);
      expect(await received()).toEqual([{ a: 1 }]);
    });

    it('refuses another body, a missing header and a time that is not now, each on record', async () => {
      const { id, url } = await verified(preset);
      const headers = sign('{"a":1}', now());
      const statuses = [(await deliver(url, '{"a":2}', headers)).status, (await deliver(url, '{"a":1}')).status];
      const expected = ['signature', 'missing_header'];
      if (TIMED.includes(preset)) {
        for (const away of [-400, 400]) {
          statuses.push((await deliver(url, '{}', sign('{}', now() + away))).status);
          expected.push('timestamp');
        }
      }
      expect(statuses).toEqual(statuses.map(() => 401));
      expect(await reasons(id)).toEqual(expected);
      expect(await received()).toEqual([]);
    });
  });

  it('refuses everything when its connection is of no use, and cannot be turned On without one', async () => {
    const made = await hook({ verification: { preset: 'github', connectionId: standard } }, false);
    const on = await app.call('PUT', `/api/v1/integrations/${made.id}/state`, { state: 'on' });
    expect(on.body.errors).toMatchObject([{ path: '/trigger/verification/connectionId', code: 'wrong_connection' }]);
    expect((await deliver(made.url, '{}', SENDERS.github('{}', 0))).status).toBe(401);
    expect(await reasons(made.id)).toEqual(['signature']);
  });

  it('answers a sender that tries again, with a new signature for the same id, with the first answer', async () => {
    const { id, url } = await verified('standard-webhooks');
    const attempt = (seconds: number) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': new Webhook(WHSEC).sign('msg_1', new Date(seconds * 1000), '{}'),
    });
    const before = now() - 10;
    const first = await deliver(url, '{}', attempt(before));
    const again = await deliver(url, '{}', attempt(now()));
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await deliver(url, '{}', attempt(before))).status).toBe(401);
    expect(await received()).toEqual([{}]);
    expect((await deliveries(id)).map(({ outcome }) => outcome).reverse()).toEqual(
      expect.arrayContaining(['accepted', 'duplicate', 'refused']),
    );
  });

  it('may acknowledge what it has seen, for senders that repeat themselves exactly', async () => {
    const { url } = await verified('shopify', { replays: 'acknowledge' });
    const first = await deliver(url, '{"s":1}', SENDERS.shopify('{"s":1}', 0));
    const again = await deliver(url, '{"s":1}', SENDERS.shopify('{"s":1}', 0));
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await received()).toEqual([{ s: 1 }]);
  });

  it('takes a refused delivery when it is checked after its secret was mended, as of when it came', async () => {
    const wrong = await connection({ type: 'shared-secret', secrets: ['not this one'] });
    const { id, url } = await hook({ verification: { preset: 'stripe', connectionId: wrong } });
    const body = '{"id":"evt_1","late":true}';
    expect((await deliver(url, body, SENDERS.stripe(body, now()))).status).toBe(401);
    const [refused] = await deliveries(id);
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'signature', bodyBytes: body.length, times: 1 });
    const check = () => app.call('POST', `/api/v1/hook-deliveries/${refused.id}/check`);
    expect((await check()).body).toMatchObject({ outcome: 'refused', reason: 'signature' });
    await app.call('PATCH', `/api/v1/connections/${wrong}`, {
      auth: { type: 'shared-secret', secrets: ['••••1', SECRET] },
    });
    const checked = await check();
    expect(checked.body).toMatchObject({ outcome: 'accepted', reason: null, eventId: expect.stringMatching(/^evt_/) });
    expect((await check()).body.code).toBe('not_refused');
    expect(await received()).toEqual([{ id: 'evt_1', late: true }]);
  });

  it('makes one event of a refused delivery, however often it is checked at once', async () => {
    const { id, url, etag } = await verified('github');
    expect((await deliver(url, '{"once":1}')).status).toBe(401);
    const [refused] = await deliveries(id);
    const trigger = { type: 'webhook', verification: { preset: 'none' } };
    expect((await app.call('PATCH', `/api/v1/integrations/${id}`, { trigger }, { 'if-match': etag })).status).toBe(200);
    await app.call('POST', `/api/v1/integrations/${id}/publish`);
    const path = `/api/v1/hook-deliveries/${refused.id}/check`;
    const checks = await Promise.all(Array.from({ length: 5 }, () => app.call('POST', path)));
    const events = checks.filter(({ status }) => status === 200).map(({ body }) => body.eventId as string);
    expect(new Set(events).size).toBe(1);
    expect(await deliveries(id)).toMatchObject([{ outcome: 'accepted', eventId: events[0] }]);
    expect(await received()).toEqual([{ once: 1 }]);
  });

  it('does not put the secret that a sender asks with on record', async () => {
    const { id, url } = await verified('github');
    const asked = (token: string) => `${url}?hub.mode=subscribe&hub.verify_token=${token}&a=b&hub.challenge=c`;
    for (const token of [encodeURIComponent(SECRET), SECRET.replaceAll(' ', '+'), 'guessed']) {
      await deliver(asked(token), null, {}, 'GET');
    }
    let queries: string[];
    do queries = (await deliveries(id)).map(({ query }) => query as string);
    while (queries.length < 3);
    const shown = 'hub.mode=subscribe&hub.verify_token=••••&a=b&hub.challenge=c';
    expect(queries).toEqual([shown, shown, shown]);
  });

  it('takes basic and bearer credentials, and keeps none of them', async () => {
    const basic = await connection({ type: 'basic', username: 'u', password: 'pass word' });
    const { id, url } = await hook({ verification: { preset: 'basic', connectionId: basic } });
    const of = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
    const accepted = await deliver(url, '{}', of('u:pass word'));
    expect(accepted.status).toBe(202);
    const refused = await deliver(url, '{}', of('u:pass w0rd'));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="hook"']);
    const [row] = await deliveries(id, '&outcome=refused');
    const { headers } = (await app.call('GET', `/api/v1/hook-deliveries/${row.id}`)).body;
    expect(headers.authorization).toBe('••••');
    const { request } = (await app.call('GET', `/api/v1/events/${accepted.body.id}`)).body;
    expect(request.headers).not.toHaveProperty('authorization');
    expect((await app.call('POST', `/api/v1/hook-deliveries/${row.id}/check`)).body.code).toBe('credentials_not_kept');
  });

  it('takes the methods of its list only: 405 with Allow, on record', async () => {
    const { id, url } = await hook({ methods: ['PUT', 'GET'] });
    const refused = await deliver(url, '{}');
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, PUT']);
    expect(await reasons(id)).toEqual(['method']);
    expect((await deliver(`${url}?a=1&a=2&b=x%20y`, null, {}, 'GET')).status).toBe(202);
    expect((await deliver(url, '[1]', {}, 'PUT')).status).toBe(202);
    expect(await received()).toEqual([null, [1]]);
    const [{ eventId }] = (await deliveries(id)).slice(1);
    const { request } = (await app.call('GET', `/api/v1/events/${eventId}`)).body;
    expect(request).toMatchObject({ method: 'GET', query: { a: ['1', '2'], b: 'x y' } });
  });

  it.each([
    ['application/x-www-form-urlencoded', 'a=1&a=2&b=%C3%BC', { a: ['1', '2'], b: 'ü' }],
    ['application/xml', '<o><n>1</n></o>', { o: { n: '1' } }],
    ['text/plain', 'plain', 'plain'],
    ['application/vnd.api+json; charset=utf-8', '{"a":1}', { a: 1 }],
  ])('reads %s', async (contentType, body, expected) => {
    const { url } = await hook();
    expect((await deliver(url, body, { 'content-type': contentType })).status).toBe(202);
    expect(await received()).toEqual([expected]);
  });

  it('stores the files of a multipart form and of a binary body, for later steps', async () => {
    const { url } = await hook();
    const form = new FormData();
    form.append('title', 'Ü');
    form.append('doc', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
    form.append('doc', new Blob([Buffer.from([0, 1, 255])]), 'b.bin');
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(202);
    expect((await deliver(url, Buffer.from([137, 80, 78, 71]), { 'content-type': 'image/png' })).status).toBe(202);
    const [first, second] = (await received()) as [Record<string, any>, Record<string, any>];
    expect(first).toMatchObject({
      title: 'Ü',
      doc: [
        { filename: 'a.txt', contentType: 'text/plain', bytes: 5 },
        { filename: 'b.bin', bytes: 3 },
      ],
    });
    expect(second).toMatchObject({ fileId: expect.stringMatching(/^fil_/), contentType: 'image/png', bytes: 4 });
    const file = await fetch(`${app.url}/api/v1/files/${first.doc[0].fileId}`, {
      headers: { authorization: `Bearer ${app.adminKey}` },
    });
    expect(await file.text()).toBe('hello');
  });

  it('refuses what cannot be read, and what is too large, each on record', async () => {
    const { id, url } = await hook();
    const statuses = [
      (await deliver(url, '{"a":')).status,
      (await deliver(url, '<a>', { 'content-type': 'text/xml' })).status,
      (await deliver(url, 'no form', { 'content-type': 'multipart/form-data; boundary=x' })).status,
      (await deliver(url, '{}', { 'content-encoding': 'gzip' })).status,
      (await deliver(url, JSON.stringify('x'.repeat(1024 * 1024)))).status,
      (await deliver(url, Buffer.alloc(17 * 1024 * 1024, ' '))).status,
    ];
    expect(statuses).toEqual([400, 400, 400, 415, 413, 413]);
    expect(await reasons(id)).toEqual(['malformed', 'malformed', 'malformed', 'media_type', 'too_large', 'too_large']);
  });

  it('answers the questions of Slack, CloudEvents and WebSub as plain text, and no other', async () => {
    const slack = await verified('slack');
    const body = '{"type":"url_verification","challenge":"<b>3eZbrw1</b>"}';
    const challenged = await deliver(slack.url, body, SENDERS.slack(body, now()));
    expect([challenged.status, challenged.text]).toEqual([200, '<b>3eZbrw1</b>']);
    expect((await deliver(slack.url, body)).status).toBe(401);

    const open = await hook();
    const allowed = await deliver(open.url, null, { 'webhook-request-origin': 'events.example.com' }, 'OPTIONS');
    expect([allowed.status, allowed.headers.get('webhook-allowed-origin')]).toEqual([200, 'events.example.com']);
    const websub = '?hub.mode=subscribe&hub.topic=t&hub.challenge=%3Cscript%3E';
    const echoed = await deliver(open.url + websub, null, {}, 'GET');
    expect([echoed.status, echoed.text]).toEqual([200, '<script>']);
    for (const answer of [challenged, allowed, echoed]) {
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const meta = await verified('github');
    expect((await deliver(meta.url + websub, null, {}, 'GET')).status).toBe(401);
    const told = `${websub}&hub.verify_token=${encodeURIComponent(SECRET)}`;
    expect((await deliver(meta.url + told, null, {}, 'GET')).status).toBe(200);
    expect(await reasons(meta.id)).toEqual(['handshake']);
    expect(await received()).toEqual([]);
  });

  it('answers with what the last step was answered, as JSON, as plain text, and never as a page', async () => {
    stub.always('/json', { body: { ok: 1 } });
    stub.always('/page', (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>'),
    );
    stub.always('/bad', { status: 400, body: {} });
    const answering = async (path: string) => {
      const made = await app.call('POST', '/api/v1/integrations', {
        name: 'Answering',
        trigger: { type: 'webhook', answer: 'last-step' },
        steps: [{ key: 'ask', action: 'post', input: { url: `${stub.url}${path}` }, retry: { attempts: 1 } }],
      });
      await app.call('PUT', `/api/v1/integrations/${made.body.id}/state`, { state: 'on' });
      return deliver(app.url + new URL(made.body.hookUrl as string).pathname, '{}');
    };
    const json = await answering('/json');
    expect([json.status, json.headers.get('content-type'), json.body]).toEqual([200, 'application/json', { ok: 1 }]);
    const page = await answering('/page');
    expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const failed = await answering('/bad');
    expect([failed.status, failed.body.code]).toEqual([502, 'run_failed']);
  });

  it('is replaced by another one, the old one valid for a while or not at all', async () => {
    const { id, url } = await hook();
    const rotate = async (body?: object) => {
      const answer = await app.call('POST', `/api/v1/integrations/${id}/hook/rotate`, body);
      return app.url + new URL(answer.body.hookUrl as string).pathname;
    };
    const second = await rotate({ overlapSeconds: 3600 });
    expect(second).not.toBe(url);
    for (const each of [url, second]) expect((await deliver(each, '{}')).status).toBe(202);
    const third = await rotate();
    expect((await deliver(second, '{}')).status).toBe(404);
    for (const each of [url, third]) expect((await deliver(each, '{}')).status).toBe(202);
    await runUntilIdle(app);
  });

  it('records what comes before it was published, and while it is Off or archived', async () => {
    const { id, url } = await hook({}, false);
    const draft = await deliver(url, '{"sample":1}');
    expect([draft.status, draft.body.runs]).toEqual([202, []]);
    const event = (await app.call('GET', `/api/v1/events/${draft.body.id}`)).body;
    expect(event).toMatchObject({ data: { sample: 1 }, passedOver: [{ integrationId: id, reason: 'not_published' }] });
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on' });
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });
    const off = await deliver(url, '{"held":1}');
    expect((await app.call('GET', `/api/v1/events/${off.body.id}`)).body).toMatchObject({ held: 1 });
    await app.call('DELETE', `/api/v1/integrations/${id}`);
    expect((await deliver(url, '{}')).status).toBe(404);
  });

  it('counts a flood of refused calls instead of keeping each', async () => {
    const { id, url } = await verified('github');
    for (let i = 0; i < 130; i += 26) await Promise.all(Array.from({ length: 26 }, () => deliver(url, '{}')));
    expect((await deliveries(id, '&limit=250')).length).toBeLessThan(130);
  });

  it('forgets what was sent to it after thirty days, called or not', async () => {
    const { id, url } = await hook();
    await deliver(url, '{}', {}, 'PUT');
    const retention = app.program.app.get(HookDeliveryRetention, { strict: false });
    const days = (count: number) => Date.now() + count * 86_400_000;
    await retention.expire(days(29));
    expect(await deliveries(id)).toHaveLength(1);
    await retention.expire(days(31));
    expect(await deliveries(id)).toEqual([]);
  });

  it('keeps and shows what is written to run in a browser as text only', async () => {
    const { id, url } = await verified('github');
    const evil = '<script>alert(1)</script>';
    const answer = await deliver(`${url}?${evil}`, evil, { 'content-type': 'text/html', 'x-evil': evil });
    const [row] = await deliveries(id);
    const { url: open } = await hook();
    const accepted = await deliver(open, evil, { 'content-type': 'text/html' });
    const shown = [
      answer,
      accepted,
      await fetch(`${app.url}/api/v1/hook-deliveries/${row.id}`, {
        headers: { authorization: `Bearer ${app.adminKey}` },
      }),
      await fetch(`${app.url}/api/v1/events/${accepted.body.id}`, {
        headers: { authorization: `Bearer ${app.adminKey}` },
      }),
    ];
    for (const { headers } of shown) {
      expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(await received()).toEqual([evil]);
  });
});
