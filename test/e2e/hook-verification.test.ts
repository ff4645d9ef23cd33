import { Webhook } from 'standardwebhooks';
import { useApp } from '../support/app.js';
import { now, SECRET, SENDERS, TIMED, WHSEC } from '../support/hook-senders.js';
import { Hooks } from '../support/hooks.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('a hook URL', () => {
  const app = useApp();
  const stub = useSharedReceiver();
  let hooks: Hooks;

  beforeAll(async () => {
    hooks = await Hooks.of(app, stub);
  });
  beforeEach(() => stub.received.splice(0));

  describe.each(Object.keys(SENDERS))('verified as %s', (preset) => {
    const sign = SENDERS[preset];

    it('takes a signed delivery once; its second use is refused and on record', async () => {
      const { id, url } = await hooks.verified(preset);
      const body = '{"a":1}';
      const headers = sign(body, now());
      const first = await hooks.deliver(url, body, headers);
      expect(first.status).toBe(202);
      const changed = preset === 'github' ? { ...headers, 'x-github-delivery': 'another one' } : headers;
      const second = await hooks.deliver(url, body, changed);
      expect([second.status, second.body.detail]).toEqual([401, 'The delivery was refused.']);
      expect(await hooks.reasons(id)).toEqual(['replay']);
      expect(await hooks.received()).toEqual([{ a: 1 }]);
    });

    it('refuses another body, a missing header and a time that is not now, each on record', async () => {
      const { id, url } = await hooks.verified(preset);
      const headers = sign('{"a":1}', now());
      const statuses = [
        (await hooks.deliver(url, '{"a":2}', headers)).status,
        (await hooks.deliver(url, '{"a":1}')).status,
      ];
      const expected = ['signature', 'missing_header'];
      if (TIMED.includes(preset)) {
        for (const away of [-400, 400]) {
          statuses.push((await hooks.deliver(url, '{}', sign('{}', now() + away))).status);
          expected.push('timestamp');
        }
      }
      expect(statuses).toEqual(statuses.map(() => 401));
      expect(await hooks.reasons(id)).toEqual(expected);
      expect(await hooks.received()).toEqual([]);
    });
  });

  it('refuses everything when its connection is of no use, and cannot be turned On without one', async () => {
    const made = await hooks.make({ verification: { preset: 'github', connectionId: hooks.standard } }, false);
    const on = await app.call('PUT', `/api/v1/integrations/${made.id}/state`, { state: 'on' });
    expect(on.body.errors).toMatchObject([{ path: '/trigger/verification/connectionId', code: 'wrong_connection' }]);
    expect((await hooks.deliver(made.url, '{}', SENDERS.github('{}', 0))).status).toBe(401);
    expect(await hooks.reasons(made.id)).toEqual(['signature']);
  });

  it('answers a sender that tries again, with a new signature for the same id, with the first answer', async () => {
    const { id, url } = await hooks.verified('standard-webhooks');
    const attempt = (seconds: number) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(seconds),
      'webhook-signature': new Webhook(WHSEC).sign('msg_1', new Date(seconds * 1000), '{}'),
    });
    const before = now() - 10;
    const first = await hooks.deliver(url, '{}', attempt(before));
    const again = await hooks.deliver(url, '{}', attempt(now()));
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await hooks.deliver(url, '{}', attempt(before))).status).toBe(401);
    expect(await hooks.received()).toEqual([{}]);
    expect((await hooks.deliveries(id, '', 3)).map(({ outcome }) => outcome).reverse()).toEqual(
      expect.arrayContaining(['accepted', 'duplicate', 'refused']),
    );
  });

  it('may acknowledge what it has seen, for senders that repeat themselves exactly', async () => {
    const { url } = await hooks.verified('shopify', { replays: 'acknowledge' });
    const first = await hooks.deliver(url, '{"s":1}', SENDERS.shopify('{"s":1}', 0));
    const again = await hooks.deliver(url, '{"s":1}', SENDERS.shopify('{"s":1}', 0));
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await hooks.received()).toEqual([{ s: 1 }]);
  });

  it('takes a refused delivery when it is checked after its secret was mended, as of when it came', async () => {
    const wrong = await hooks.connection({ type: 'shared-secret', secrets: ['not this one'] });
    const { id, url } = await hooks.make({ verification: { preset: 'stripe', connectionId: wrong } });
    const body = '{"id":"evt_1","late":true}';
    expect((await hooks.deliver(url, body, SENDERS.stripe(body, now()))).status).toBe(401);
    const [refused] = await hooks.deliveries(id);
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'signature', bodyBytes: body.length, times: 1 });
    const check = () => app.call('POST', `/api/v1/hook-deliveries/${refused.id}/check`);
    expect((await check()).body).toMatchObject({ outcome: 'refused', reason: 'signature' });
    await app.call('PATCH', `/api/v1/connections/${wrong}`, {
      auth: { type: 'shared-secret', secrets: ['••••1', SECRET] },
    });
    const checked = await check();
    expect(checked.body).toMatchObject({ outcome: 'accepted', reason: null, eventId: expect.stringMatching(/^evt_/) });
    expect((await check()).body.code).toBe('not_refused');
    expect(await hooks.received()).toEqual([{ id: 'evt_1', late: true }]);
  });

  it('makes one event of a refused delivery, however often it is checked at once', async () => {
    const { id, url, etag } = await hooks.verified('github');
    expect((await hooks.deliver(url, '{"once":1}')).status).toBe(401);
    const [refused] = await hooks.deliveries(id);
    const trigger = { type: 'webhook', verification: { preset: 'none' } };
    expect((await app.call('PATCH', `/api/v1/integrations/${id}`, { trigger }, { 'if-match': etag })).status).toBe(200);
    await app.call('POST', `/api/v1/integrations/${id}/publish`);
    const path = `/api/v1/hook-deliveries/${refused.id}/check`;
    const checks = await Promise.all(Array.from({ length: 5 }, () => app.call('POST', path)));
    const events = checks.filter(({ status }) => status === 200).map(({ body }) => body.eventId as string);
    expect(new Set(events).size).toBe(1);
    expect(await hooks.deliveries(id)).toMatchObject([{ outcome: 'accepted', eventId: events[0] }]);
    expect(await hooks.received()).toEqual([{ once: 1 }]);
  });

  it('does not put the secret that a sender asks with on record', async () => {
    const { id, url } = await hooks.verified('github');
    const asked = (token: string) => `${url}?hub.mode=subscribe&hub.verify_token=${token}&a=b&hub.challenge=c`;
    for (const token of [encodeURIComponent(SECRET), SECRET.replaceAll(' ', '+'), 'guessed']) {
      await hooks.deliver(asked(token), null, {}, 'GET');
    }
    const queries = (await hooks.deliveries(id, '', 3)).map(({ query }) => query as string);
    const shown = 'hub.mode=subscribe&hub.verify_token=••••&a=b&hub.challenge=c';
    expect(queries).toEqual([shown, shown, shown]);
  });

  it('takes basic and bearer credentials, and keeps none of them', async () => {
    const basic = await hooks.connection({ type: 'basic', username: 'u', password: 'pass word' });
    const { id, url } = await hooks.make({ verification: { preset: 'basic', connectionId: basic } });
    const of = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
    const accepted = await hooks.deliver(url, '{}', of('u:pass word'));
    expect(accepted.status).toBe(202);
    const refused = await hooks.deliver(url, '{}', of('u:pass w0rd'));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="hook"']);
    const [row] = await hooks.deliveries(id, '&outcome=refused');
    const { headers } = (await app.call('GET', `/api/v1/hook-deliveries/${row.id}`)).body;
    expect(headers.authorization).toBe('••••');
    const { request } = (await app.call('GET', `/api/v1/events/${accepted.body.id}`)).body;
    expect(request.headers).not.toHaveProperty('authorization');
    expect((await app.call('POST', `/api/v1/hook-deliveries/${row.id}/check`)).body.code).toBe('credentials_not_kept');
  });

  it('answers the questions of Slack, CloudEvents and WebSub as plain text, and no other', async () => {
    const slack = await hooks.verified('slack');
    const body = '{"type":"url_verification","challenge":"<b>3eZbrw1</b>"}';
    const challenged = await hooks.deliver(slack.url, body, SENDERS.slack(body, now()));
    expect([challenged.status, challenged.text]).toEqual([200, '<b>3eZbrw1</b>']);
    expect((await hooks.deliver(slack.url, body)).status).toBe(401);

    const open = await hooks.make();
    const allowed = await hooks.deliver(open.url, null, { 'webhook-request-origin': 'events.example.com' }, 'OPTIONS');
    expect([allowed.status, allowed.headers.get('webhook-allowed-origin')]).toEqual([200, 'events.example.com']);
    const websub = '?hub.mode=subscribe&hub.topic=t&hub.challenge=%3Cscript%3E';
    const echoed = await hooks.deliver(open.url + websub, null, {}, 'GET');
    expect([echoed.status, echoed.text]).toEqual([200, '<script>']);
    for (const answer of [challenged, allowed, echoed]) {
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const meta = await hooks.verified('github');
    expect((await hooks.deliver(meta.url + websub, null, {}, 'GET')).status).toBe(401);
    const told = `${websub}&hub.verify_token=${encodeURIComponent(SECRET)}`;
    expect((await hooks.deliver(meta.url + told, null, {}, 'GET')).status).toBe(200);
    expect(await hooks.reasons(meta.id)).toEqual(['handshake']);
    expect(await hooks.received()).toEqual([]);
  });
});
