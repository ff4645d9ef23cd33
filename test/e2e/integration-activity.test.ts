import { useApp } from '../support/app.js';
import { runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('what integrations did of late', () => {
  const app = useApp();
  const stub = useSharedReceiver();

  beforeAll(async () => {
    stub.always('/ok', { status: 200 });
    stub.always('/down', { status: 503 });
  });

  const step = (path: string, rest: object = {}) => [
    { key: 'call', action: 'post', input: { url: stub.url + path }, retry: { attempts: 1 }, ...rest },
  ];
  const activity = async (ids: string[]) =>
    (await app.call('GET', `/api/v1/integrations/activity?ids=${ids.join(',')}`)).body;
  const counts = async () => (await app.call('GET', '/api/v1/integrations/counts')).body;
  const names = async (query: string) =>
    (await app.call('GET', `/api/v1/integrations?sort=name&${query}`)).body.data.map(({ name }: any) => name);

  it('is told hour by hour, with what keeps them from their work', async () => {
    expect(await counts()).toEqual({ all: 0, on: 0, off: 0, drafts: 0, attention: 0, archived: 0 });
    const { body: connection } = await app.call('POST', '/api/v1/connections', {
      name: 'Warehouse API',
      auth: {
        type: 'oauth2',
        authorizationUrl: `${stub.url}/authorize`,
        accessTokenUrl: `${stub.url}/token`,
        clientId: 'a',
        clientSecret: 'b',
        scope: '',
      },
    });
    const good = await turnedOn(app, step('/ok'), { name: 'Good' });
    const bad = await turnedOn(app, step('/down'), { name: 'Bad' });
    const cut = await turnedOn(app, step('/ok', { connectionId: connection.id }), { name: 'Cut off' });
    const draft = (
      await app.call('POST', '/api/v1/integrations', { name: 'Draft', trigger: { type: 'manual' }, steps: [] })
    ).body.id;
    for (let n = 0; n < 2; n += 1) {
      await send(app, {});
      await runUntilIdle(app);
    }

    const { from, data } = await activity([good, bad, cut, draft]);
    expect(Date.parse(from) % 3_600_000).toBe(0);
    expect(data.map(({ integrationId }: any) => integrationId)).toEqual([good, bad, cut, draft]);
    expect(data[0]).toMatchObject({
      runs: 2,
      succeeded: 2,
      failed: 0,
      lastRun: { status: 'succeeded' },
      attention: null,
    });
    expect(data[1]).toMatchObject({ runs: 2, succeeded: 0, failed: 2, lastRun: { status: 'failed' } });
    expect(data[1].attention).toEqual({
      kind: 'failing',
      runId: data[1].lastRun.id,
      error: { code: 'http_5xx', message: expect.any(String) },
    });
    expect(data[2].attention).toEqual({
      kind: 'sign-in',
      connectionId: connection.id,
      connectionName: 'Warehouse API',
      waiting: 2,
    });
    expect(data[3]).toMatchObject({ runs: 0, lastRun: null, attention: null });
    for (const { hours, runs, failed } of data) {
      expect(hours).toHaveLength(24);
      expect(hours.reduce((sum: number, hour: any) => sum + hour.runs, 0)).toBe(runs);
      expect(hours.reduce((sum: number, hour: any) => sum + hour.failed, 0)).toBe(failed);
    }

    expect(await counts()).toEqual({ all: 4, on: 3, off: 0, drafts: 1, attention: 2, archived: 0 });
    expect(await names('attention=true')).toEqual(['Bad', 'Cut off']);
    await app.call('PUT', `/api/v1/integrations/${bad}/state`, { state: 'off' });
    await app.call('POST', `/api/v1/integrations/${good}/archive`);
    expect(await counts()).toEqual({ all: 3, on: 1, off: 1, drafts: 1, attention: 1, archived: 1 });
    expect(await names('attention=true')).toEqual(['Cut off']);
    expect(await names('state=off&published=true')).toEqual(['Bad']);
    expect(await names('published=false')).toEqual(['Draft']);
  });

  it('is refused for what is no list of ids', async () => {
    for (const query of ['', '?ids=', '?ids=x', `?ids=${Array(101).fill('int_01jd8t4vz2e5qbv8x3k9m7n6p5').join(',')}`])
      expect((await app.call('GET', `/api/v1/integrations/activity${query}`)).status).toBe(400);
  });
});
