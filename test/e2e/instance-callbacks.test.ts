import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { useApp } from '../support/app.js';
import { finishedRun, runUntilIdle } from '../support/engine.js';

const PATH = '/api/v1/developer/instance-callbacks';
const INSTANCE = { instanceID: '8c1f4e/å &1', processName: 'Purchase requests' };
const QUERY = (event: string) => `instanceID=8c1f4e%2F%C3%A5%20%261&processName=Purchase%20requests&eventType=${event}`;

/** A server on a bare socket: what it got is what was on the wire. */
class WireCapture {
  readonly requests: string[] = [];
  readonly hanging = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  static async start(): Promise<WireCapture> {
    const server = createServer();
    const capture = new WireCapture(server);
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const text = chunk.toString('latin1');
        capture.requests.push(text);
        if (text.startsWith('GET /hang')) capture.hanging.add(socket);
        else socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return capture;
  }

  get origin(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** `GET /path`, of each request, in the order in which they came. */
  get targets(): string[] {
    return this.requests.map((text) => text.slice(0, text.indexOf(' HTTP/1.1')));
  }

  stop(): void {
    for (const socket of this.hanging) socket.destroy();
    this.server.close();
  }
}

describe('instance callbacks', () => {
  const app = useApp();
  let wire: WireCapture;

  beforeEach(async () => {
    wire = await WireCapture.start();
  });
  afterEach(async () => {
    await save({});
    wire.stop();
  });

  const save = (body: object, query = '') => app.call('PUT', PATH + query, body);
  const happened = (event: string, data: object = INSTANCE) =>
    app.call('POST', '/api/v1/events', { type: `process.instance.${event}`, data });

  // Written by hand from RFC 3986 and from what the callbacks promise: own query first, then ours; no fragment.
  it.each([
    ['a path', '/created', '/created?'],
    ['no path at all', '', '/?'],
    ['a slash at the end', '/in/', '/in/?'],
    ['a query of its own', '/in?src=hookline', '/in?src=hookline&'],
    ['a query that ends with &', '/in?a=1&', '/in?a=1&'],
    ['a question mark and nothing behind it', '/in?', '/in?'],
    ['a fragment', '/in#top', '/in?'],
    ['a query in front of a fragment', '/in?a=1#b?c=2', '/in?a=1&'],
    ['letters outside of ASCII', '/müller/日本', '/m%C3%BCller/%E6%97%A5%E6%9C%AC?'],
    ['spaces', '/a b?c=d e', '/a%20b?c=d%20e&'],
    ['what is encoded already', '/a%2Fb?c=%26+d', '/a%2Fb?c=%26+d&'],
    ['our own names, repeated and empty', '/in?instanceID=own&a=&a=2', '/in?instanceID=own&a=&a=2&'],
  ])('calls a URL with %s as it was written, with the three parameters behind it', async (_what, rest, target) => {
    const { status } = await save({ created: { enabled: true, urls: `http://${wire.origin}${rest}` } });
    expect(status).toBe(200);
    const { body } = await happened('created');
    const run = await finishedRun(app, body.runs[0]);
    expect(run.status).toBe('succeeded');
    expect(wire.targets).toEqual([`GET ${target}${QUERY('created')}`]);
    expect(wire.requests[0]).toContain(`\r\nhost: ${wire.origin}\r\n`);
  });

  it('takes a URL per line, keeps them where the slider is off, and shows them as a list', async () => {
    const lines = `http://${wire.origin}/a\r\n\n  http://${wire.origin}/b  \nhttp://${wire.origin}/a`;
    const { body } = await save({
      created: { enabled: true, urls: lines },
      updated: { enabled: false, urls: [`http://${wire.origin}/c`] },
      delivery: 'best-effort',
    });
    expect(body).toEqual({
      created: { enabled: true, urls: [`http://${wire.origin}/a`, `http://${wire.origin}/b`] },
      updated: { enabled: false, urls: [`http://${wire.origin}/c`] },
      deleted: { enabled: false, urls: [] },
      delivery: 'best-effort',
      sign: false,
    });
    expect((await app.call('GET', PATH)).body).toEqual(body);
    expect((await happened('updated')).body.runs).toEqual([]);
    expect((await happened('created')).body.runs).toHaveLength(2);
    await runUntilIdle(app);
    expect(wire.targets.sort()).toEqual([`GET /a?${QUERY('created')}`, `GET /b?${QUERY('created')}`]);
  });

  it('saves nothing where one of three lines is no URL, and names the line', async () => {
    await save({ deleted: { enabled: true, urls: [`http://${wire.origin}/kept`] } });
    const { body: before } = await app.call('GET', PATH);
    const urls = `http://${wire.origin}/a\nwarehouse.internal/created\nhttp://${wire.origin}/b`;
    const refused = await save({ created: { enabled: true, urls } });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      {
        path: '/created/urls',
        code: 'invalid_url',
        message: 'Line 2: The URL must begin with http:// or https://.',
      },
    ]);
    expect((await app.call('GET', PATH)).body).toEqual(before);
    expect((await happened('created')).body.runs).toEqual([]);
  });

  it('lets a URL that hangs delay no other, and gives it ten seconds in all', async () => {
    await save({
      created: {
        enabled: true,
        urls: [`http://${wire.origin}/hang`, `http://${wire.origin}/quick`],
      },
      delivery: 'best-effort',
    });
    const { body } = await happened('created');
    const [hanging, quick] = body.runs as string[];
    for (;;) {
      const { body: run } = await app.call('GET', `/api/v1/runs/${quick}`);
      if (run.status === 'succeeded') break;
    }
    expect((await app.call('GET', `/api/v1/runs/${hanging}`)).body.status).toBe('running');
    const ended = await finishedRun(app, hanging);
    const message = expect.stringContaining('did not answer within 10000 ms');
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'total_timeout', message } });
  });

  it('calls for one process only what was registered for it', async () => {
    await save({ created: { enabled: true, urls: [`http://${wire.origin}/one`] } }, '?processName=Purchase%20requests');
    expect((await happened('created')).body.runs).toHaveLength(1);
    expect((await happened('created', { ...INSTANCE, processName: 'Contracts' })).body.runs).toEqual([]);
    expect((await happened('created', { instanceID: '1' })).body.runs).toEqual([]);
    await runUntilIdle(app);
    await save({}, '?processName=Purchase%20requests');
  });

  it('keeps the integration of a URL that stays, whose run log goes on', async () => {
    const url = `http://${wire.origin}/a`;
    await save({ created: { enabled: true, urls: [url] } });
    const listed = async () => {
      const { body } = await app.call('GET', '/api/v1/integrations?origin=callback');
      return body.data.map(({ id, state }: { id: string; state: string }) => [id, state]);
    };
    const before = await listed();
    expect(before).toHaveLength(1);
    await save({ created: { enabled: false, urls: [url] }, delivery: 'best-effort' });
    expect(await listed()).toEqual([[before[0][0], 'off']]);
    const edit = await app.call('PUT', `/api/v1/integrations/${before[0][0]}/state`, { state: 'on' });
    expect([edit.status, edit.body.code]).toEqual([409, 'managed_by_face']);
  });

  it('fails at once where the event says nothing of its instance', async () => {
    await save({ created: { enabled: true, urls: [`http://${wire.origin}/a`] } });
    const { body } = await happened('created', { processName: 'Contracts' });
    const run = await finishedRun(app, body.runs[0]);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'mapping' } });
    expect(run.error.message).toContain('instanceID');
    expect(wire.requests).toEqual([]);
  });

  it('is for administrators and developers', async () => {
    for (const [role, expected] of [
      ['viewer', 403],
      ['operator', 403],
      ['developer', 200],
    ] as const) {
      const { body } = await app.call('POST', '/api/v1/api-keys', { name: role, role });
      const headers = { authorization: `Bearer ${body.key}` };
      expect((await app.call('GET', PATH, undefined, headers)).status).toBe(expected);
      expect((await app.call('PUT', PATH, {}, headers)).status).toBe(expected);
    }
  });
});
