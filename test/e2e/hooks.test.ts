import { HookDeliveryRetention } from '../../src/ingest/hooks/hook-delivery-retention.js';
import { useApp } from '../support/app.js';
import { runUntilIdle } from '../support/engine.js';
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

  it('has 160 random bits, is shown to developers only, and starts one run for a call', async () => {
    const { id, url } = await hooks.make();
    expect(url).toMatch(/\/hooks\/[\w-]{27}$/);
    const answer = await hooks.deliver(url, '{"n":1.0,"big":12345678901234567890}');
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ id: expect.stringMatching(/^evt_/), runs: [expect.stringMatching(/^run_/)] });
    await runUntilIdle(app);
    expect(stub.received[0].body).toBe('{"data":{"n":1.0,"big":12345678901234567890}}');
    const viewer = (await app.call('POST', '/api/v1/api-keys', { name: 'v', role: 'viewer' })).body.key as string;
    const seen = await app.call('GET', `/api/v1/integrations/${id}`, undefined, { authorization: `Bearer ${viewer}` });
    expect(seen.body.hookUrl).toBeNull();
    const recorded = await hooks.deliveries(id, '', 1);
    expect(recorded).toMatchObject([{ outcome: 'accepted', reason: null, eventId: answer.body.id }]);
  });

  it('unknown is 404, of whatever form', async () => {
    for (const token of ['x', 'A'.repeat(27), '..%2f..', 'ü']) {
      expect((await hooks.deliver(`${app.url}/hooks/${token}`, '{}')).status).toBe(404);
    }
  });

  it('takes the methods of its list only: 405 with Allow, on record', async () => {
    const { id, url } = await hooks.make({ methods: ['PUT', 'GET'] });
    const refused = await hooks.deliver(url, '{}');
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, PUT']);
    expect(await hooks.reasons(id)).toEqual(['method']);
    expect((await hooks.deliver(`${url}?a=1&a=2&b=x%20y`, null, {}, 'GET')).status).toBe(202);
    expect((await hooks.deliver(url, '[1]', {}, 'PUT')).status).toBe(202);
    expect(await hooks.received()).toEqual([null, [1]]);
    const [{ eventId }] = (await hooks.deliveries(id, '', 3)).slice(1);
    const { request } = (await app.call('GET', `/api/v1/events/${eventId}`)).body;
    expect(request).toMatchObject({ method: 'GET', query: { a: ['1', '2'], b: 'x y' } });
  });

  it.each([
    ['application/x-www-form-urlencoded', 'a=1&a=2&b=%C3%BC', { a: ['1', '2'], b: 'ü' }],
    ['application/xml', '<o><n>1</n></o>', { o: { n: '1' } }],
    ['text/plain', 'plain', 'plain'],
    ['application/vnd.api+json; charset=utf-8', '{"a":1}', { a: 1 }],
  ])('reads %s', async (contentType, body, expected) => {
    const { url } = await hooks.make();
    expect((await hooks.deliver(url, body, { 'content-type': contentType })).status).toBe(202);
    expect(await hooks.received()).toEqual([expected]);
  });

  it('stores the files of a multipart form and of a binary body, for later steps', async () => {
    const { url } = await hooks.make();
    const form = new FormData();
    form.append('title', 'Ü');
    form.append('doc', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
    form.append('doc', new Blob([Buffer.from([0, 1, 255])]), 'b.bin');
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(202);
    expect((await hooks.deliver(url, Buffer.from([137, 80, 78, 71]), { 'content-type': 'image/png' })).status).toBe(
      202,
    );
    const [first, second] = (await hooks.received()) as [Record<string, any>, Record<string, any>];
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
    const { id, url } = await hooks.make();
    const statuses = [
      (await hooks.deliver(url, '{"a":')).status,
      (await hooks.deliver(url, '<a>', { 'content-type': 'text/xml' })).status,
      (await hooks.deliver(url, 'no form', { 'content-type': 'multipart/form-data; boundary=x' })).status,
      (await hooks.deliver(url, '{}', { 'content-encoding': 'gzip' })).status,
      (await hooks.deliver(url, JSON.stringify('x'.repeat(1024 * 1024)))).status,
      (await hooks.deliver(url, Buffer.alloc(17 * 1024 * 1024, ' '))).status,
    ];
    expect(statuses).toEqual([400, 400, 400, 415, 413, 413]);
    expect(await hooks.reasons(id)).toEqual([
      'malformed',
      'malformed',
      'malformed',
      'media_type',
      'too_large',
      'too_large',
    ]);
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
      return hooks.deliver(app.url + new URL(made.body.hookUrl as string).pathname, '{}');
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
    const { id, url } = await hooks.make();
    const rotate = async (body?: object) => {
      const answer = await app.call('POST', `/api/v1/integrations/${id}/hook/rotate`, body);
      return app.url + new URL(answer.body.hookUrl as string).pathname;
    };
    const second = await rotate({ overlapSeconds: 3600 });
    expect(second).not.toBe(url);
    for (const each of [url, second]) expect((await hooks.deliver(each, '{}')).status).toBe(202);
    const third = await rotate();
    expect((await hooks.deliver(second, '{}')).status).toBe(404);
    for (const each of [url, third]) expect((await hooks.deliver(each, '{}')).status).toBe(202);
    await runUntilIdle(app);
  });

  it('records what comes before it was published, and while it is Off or archived', async () => {
    const { id, url } = await hooks.make({}, false);
    const draft = await hooks.deliver(url, '{"sample":1}');
    expect([draft.status, draft.body.runs]).toEqual([202, []]);
    const event = (await app.call('GET', `/api/v1/events/${draft.body.id}`)).body;
    expect(event).toMatchObject({ data: { sample: 1 }, passedOver: [{ integrationId: id, reason: 'not_published' }] });
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'on' });
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' });
    const off = await hooks.deliver(url, '{"held":1}');
    expect((await app.call('GET', `/api/v1/events/${off.body.id}`)).body).toMatchObject({ held: 1 });
    await app.call('DELETE', `/api/v1/integrations/${id}`);
    expect((await hooks.deliver(url, '{}')).status).toBe(404);
  });

  it('counts a flood of refused calls instead of keeping each', async () => {
    const { id, url } = await hooks.verified('github');
    for (let i = 0; i < 130; i += 26) await Promise.all(Array.from({ length: 26 }, () => hooks.deliver(url, '{}')));
    expect((await hooks.deliveries(id, '&limit=250')).length).toBeLessThan(130);
  });

  it('keeps the accepted ones, however much that is refused comes after them', async () => {
    const { id, url } = await hooks.make();
    for (let i = 0; i < 5; i++) expect((await hooks.deliver(url, `{"n":${i}}`)).status).toBe(202);
    const junk = `{${'x'.repeat(1024 * 1024 - 1)}`;
    for (let i = 0; i < 11; i++) await Promise.all(Array.from({ length: 9 }, () => hooks.deliver(url, junk)));
    expect(await hooks.deliveries(id, '&outcome=accepted', 5)).toHaveLength(5);
    await runUntilIdle(app);
  });

  it('forgets what was sent to it after thirty days, called or not', async () => {
    const { id, url } = await hooks.make();
    await hooks.deliver(url, '{}', {}, 'PUT');
    const retention = app.program.app.get(HookDeliveryRetention, { strict: false });
    const days = (count: number) => Date.now() + count * 86_400_000;
    await retention.expire(days(29));
    expect(await hooks.deliveries(id)).toHaveLength(1);
    await retention.expire(days(31));
    expect(await hooks.deliveries(id)).toEqual([]);
  });

  it('keeps and shows what is written to run in a browser as text only', async () => {
    const { id, url } = await hooks.verified('github');
    const evil = '<script>alert(1)</script>';
    const answer = await hooks.deliver(`${url}?${evil}`, evil, { 'content-type': 'text/html', 'x-evil': evil });
    const [row] = await hooks.deliveries(id);
    const { url: open } = await hooks.make();
    const accepted = await hooks.deliver(open, evil, { 'content-type': 'text/html' });
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
    expect(await hooks.received()).toEqual([evil]);
  });
});
