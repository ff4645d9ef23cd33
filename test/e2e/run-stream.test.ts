import { startApp, useApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

interface Message {
  event: string;
  data: any;
}

/** Server-sent events as the standard has them; ends with the stream. */
async function* messages(response: Response): AsyncGenerator<Message> {
  let rest = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: ?(.*)/, 2) as [string, string]));
      if (fields.has('event')) yield { event: fields.get('event')!, data: JSON.parse(fields.get('data')!) };
    }
  }
}

describe('the stream of runs', () => {
  const app = useApp();
  const stub = useSharedReceiver();

  beforeAll(async () => {
    stub.always('/ok', { status: 200 });
    stub.always('/down', { status: 503 });
  });

  async function open(query: string, key = app.adminKey, url = app.url) {
    const hangUp = new AbortController();
    const response = await fetch(`${url}/api/v1/runs/stream${query}`, {
      headers: { authorization: `Bearer ${key}` },
      signal: hangUp.signal,
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const told = messages(response);
    expect((await told.next()).value.event).toBe('ready');
    return { told, next: async () => (await told.next()).value as Message, close: () => hangUp.abort() };
  }
  const step = (path: string, rest: object = {}) => [
    { key: 'call', action: 'post', input: { url: stub.url + path }, retry: { attempts: 1, ...rest } },
  ];

  it('tells of a run until it has ended, to those whose filter it fits', async () => {
    const watched = await turnedOn(app, step('/down', { attempts: 2, firstDelayMs: 600_000 }));
    const other = await turnedOn(app, step('/ok'));
    const all = await open(`?integrationId=${watched}`);
    const waiting = await open('?status=waiting');
    const { body } = await send(app, {});
    const [run] = body.runs as string[];
    for (;;) {
      const { event, data } = await all.next();
      expect([event, data.id, data.integrationId]).toEqual(['run', run, watched]);
      if (data.status === 'waiting') break;
    }
    expect((await waiting.next()).data).toMatchObject({ id: run, status: 'waiting' });
    await app.call('POST', `/api/v1/runs/${run}/cancel`);
    expect((await all.next()).data).toMatchObject({ id: run, status: 'canceled' });
    // It no longer fits, and that is what the reader has to know.
    expect((await waiting.next()).data).toMatchObject({ id: run, status: 'canceled' });
    all.close();
    waiting.close();
    await app.call('DELETE', `/api/v1/integrations/${watched}`);
    await app.call('DELETE', `/api/v1/integrations/${other}`);
  });

  it('ends with the key it was opened with, and tells nothing more', async () => {
    const { body: key } = await app.call('POST', '/api/v1/api-keys', { name: 'reader', role: 'viewer' });
    const stream = await open('', key.key);
    await app.call('DELETE', `/api/v1/api-keys/${key.id}`);
    const id = await turnedOn(app, step('/ok'));
    await finishedRun(app, (await send(app, {})).body.runs[0]);
    expect(await stream.told.next()).toMatchObject({ done: true });
    await app.call('DELETE', `/api/v1/integrations/${id}`);
  });

  it('does not keep the program from stopping', async () => {
    const second = await startApp();
    const stream = await open('', second.adminKey, second.url);
    await second.stop();
    expect(await stream.told.next()).toMatchObject({ done: true });
  });
});
