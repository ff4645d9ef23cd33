import { useApp } from '../support/app.js';
import { finishedRun } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const PATH = '/api/v1/developer/instance-callbacks';

describe('what instance callbacks tell of themselves', () => {
  const app = useApp();
  const receiver = useSharedReceiver();

  const save = (name: string | null, body: object) =>
    app.call('PUT', name === null ? PATH : `${PATH}?processName=${encodeURIComponent(name)}`, body);
  const created = (path: string) => ({ enabled: true, urls: [receiver.url + path] });

  it('list every process first, then the others by name, a page at a time, and none without a URL', async () => {
    await save('Purchase requests', { created: created('/p'), updated: { enabled: false, urls: ['http://a.b/c'] } });
    await save('Contracts', { deleted: { enabled: true, urls: ['http://a.b/d', 'http://a.b/e'] } });
    await save('Emptied', {});
    await save(null, { created: created('/all') });
    const first = (await app.call('GET', `${PATH}/processes?limit=2`)).body;
    const rest = (await app.call('GET', `${PATH}/processes?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.data, ...rest.data].map((set) => set.processName)).toEqual([
      null,
      'Contracts',
      'Purchase requests',
    ]);
    expect(rest.nextCursor).toBeNull();
    expect(rest.data[0]).toMatchObject({
      created: { enabled: true, urls: 1 },
      updated: { enabled: false, urls: 1 },
      deleted: { enabled: false, urls: 0 },
      lastCallAt: null,
    });
    for (const name of ['Purchase requests', 'Contracts', null]) await save(name, {});
  });

  it('call the stored URLs with sample data on request, and say how the last call of each ended', async () => {
    receiver.always('/good', { status: 200 });
    receiver.always('/bad', { status: 410 });
    const urls = [`${receiver.url}/good?own=1`, `${receiver.url}/bad`];
    await save('Contracts', { created: { enabled: false, urls }, updated: { enabled: true, urls: ['http://a.b/c'] } });
    expect((await app.call('GET', `${PATH}/last-calls?processName=Contracts`)).body).toEqual({ calls: [] });

    const { status, body } = await app.call('POST', `${PATH}/test?processName=Contracts`, { event: 'created' });
    expect([status, body.runs.length]).toEqual([202, 2]);
    for (const id of body.runs) await finishedRun(app, id);
    expect(receiver.on('/good')[0].url).toMatch(
      /^\/good\?own=1&instanceID=.+&processName=Contracts&eventType=created$/,
    );

    const { calls } = (await app.call('GET', `${PATH}/last-calls?processName=Contracts`)).body;
    const byUrl = Object.fromEntries(calls.map((call: { url: string }) => [call.url, call]));
    expect(byUrl[urls[0]]).toMatchObject({ event: 'created', status: 200, runStatus: 'succeeded', error: null });
    expect(byUrl[urls[1]]).toMatchObject({ event: 'created', status: 410, runStatus: 'failed' });
    expect(body.runs).toContain(byUrl[urls[0]].runId);
    expect((await app.call('GET', `${PATH}/processes`)).body.data[0].lastCallAt).not.toBeNull();
    await save('Contracts', {});
  });
});
