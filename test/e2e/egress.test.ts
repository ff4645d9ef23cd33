import { startApp, type TestApp } from '../support/app.js';
import * as bad from '../support/bad-receiver.js';
import { lookUpAt, startDnsServer, type DnsServer } from '../support/dns-server.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';

/** What came of a call: the code of its error, `refused` where the request itself was, or `answered`. */
type Outcome = string;

/** One point where a call leaves; `open` answers what makes a call there. */
interface Exit {
  name: string;
  open(app: TestApp, redirects: number): Promise<(url: string) => Promise<Outcome>>;
}

const step = (redirects: number) => ({
  key: 'a',
  action: 'get',
  timeoutMs: 2_000,
  retry: { attempts: 1 },
  input: { url: '{{ trigger.data.url }}', redirects },
});

const outcomeOf = ({ status, body }: { status: number; body: any }): Outcome => {
  if (status === 400 || status === 422) return 'refused';
  return body.error?.code ?? 'answered';
};

/** A route that makes calls on somebody's behalf joins here. */
const EXITS: Exit[] = [
  {
    name: 'a step of a run',
    open: async (app, redirects) => {
      const trigger = {
        type: 'event',
        eventType: 'project.task.completed',
        filter: `trigger.data.redirects == ${redirects}`,
      };
      await turnedOn(app, [step(redirects)], { trigger });
      return async (url) => {
        const { body } = await send(app, { url, redirects });
        return (await finishedRun(app, body.runs[0])).error?.code ?? 'answered';
      };
    },
  },
  {
    name: 'the test of a step',
    open: async (app, redirects) => {
      const { body } = await app.call('POST', '/api/v1/integrations', {
        name: 'Test',
        trigger: { type: 'manual' },
        steps: [step(redirects)],
      });
      const path = `/api/v1/integrations/${body.id}/steps/a/test`;
      return async (url) => outcomeOf(await app.call('POST', path, { event: { data: { url } } }));
    },
  },
  {
    name: 'the test of a connection',
    open: async (app) => {
      const { body } = await app.call('POST', '/api/v1/connections', { name: 'CRM', auth: { type: 'none' } });
      return async (url) => outcomeOf(await app.call('POST', `/api/v1/connections/${body.id}/test`, { url }));
    },
  },
];

/** 127.0.0.1 and ::1 in all their dresses, and the neighbours that nobody outside has business with. */
const forbidden = (port: number): string[] =>
  [
    ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001'],
    ...['127.0.0.1.', '2130706433.', '①②⑦.0.0.1', '%31%32%37.0.0.1', '127。0。0。1', '0', '0.0.0.0', '127.255.255.254'],
    ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
    ...['[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[::ffff:0:127.0.0.1]'],
    ...['[fe80::1]', '[fe80::1%25lo]', '[::1%25lo]', '[::1%lo]', '[fd00:ec2::254]', '[2001:470:1:2:0:5efe:127.0.0.1]'],
    ...['user@127.0.0.1', 'user:s3cret@127.0.0.1', '93.184.216.34@127.0.0.1', 'localhost', 'localhost.', 'LOCALHOST'],
    ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', '168.63.129.16', '255.255.255.255'],
    ...['private.example', 'private6.example', 'mapped.example'],
  ].map((host) => `http://${host}:${port}/x`);

const OTHER_SCHEMES = [
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'gopher://127.0.0.1/',
  '//127.0.0.1/',
  'http:127.0.0.1',
];

describe.each(EXITS)('$name', ({ open }) => {
  let app: TestApp;
  let names: DnsServer;
  /** On 127.0.0.1 and ::1, where no call may get. */
  let inside: bad.BadReceiver[];
  /** On 127.0.0.2, which is allowed: it plays the public internet. */
  let outside: bad.BadReceiver;
  let port: number;
  let answer: bad.Script;
  let call: (url: string) => Promise<Outcome>;
  let callAndFollow: (url: string) => Promise<Outcome>;

  const connections = () => inside.reduce((sum, each) => sum + each.connections(), 0);

  beforeAll(async () => {
    const first = await bad.startBadReceiver(bad.ok(), { host: '127.0.0.1' });
    ({ port } = first);
    inside = [first, await bad.startBadReceiver(bad.ok(), { host: '::1', port })];
    outside = await bad.startBadReceiver((request, socket) => answer(request, socket), { host: '127.0.0.2', port });
    names = await startDnsServer((name, time) => {
      const [kind] = name.split('.');
      const always: Record<string, string[]> = {
        public: ['127.0.0.2'],
        private: ['127.0.0.1'],
        private6: ['::1'],
        mapped: ['::ffff:127.0.0.1'],
        localhost: ['127.0.0.1', '::1'],
        mixed: ['127.0.0.1', '127.0.0.2', '::1', '10.0.0.1'],
      };
      if (kind === 'rebinding') return time === 1 ? ['127.0.0.2'] : ['127.0.0.1'];
      return always[kind.toLowerCase()] ?? null;
    });
    app = await startApp({ env: { HOOKLINE_EGRESS_ALLOW: `127.0.0.2:${port}` } });
    lookUpAt(app, names);
    [call, callAndFollow] = [await open(app, 0), await open(app, 5)];
  });
  afterAll(async () => {
    await app?.stop();
    await names.close();
    for (const each of [...inside, outside]) await each.close();
  });
  beforeEach(() => {
    answer = bad.answerAndEnd('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n', 'ok');
  });

  it('calls what may be called', async () => {
    expect(await call(`http://public.example:${port}/x`)).toBe('answered');
    expect(await call(`http://127.0.0.2:${port}/x`)).toBe('answered');
    expect(outside.requests).toHaveLength(2);
  });

  it('refuses a forbidden address in every form, and connects to nothing', async () => {
    const passed: string[] = [];
    for (const url of [...forbidden(port), ...OTHER_SCHEMES]) {
      const outcome = await call(url);
      if (!['blocked_address', 'mapping', 'refused'].includes(outcome)) passed.push(`${url}: ${outcome}`);
    }
    expect(passed).toEqual([]);
    expect(connections()).toBe(0);
  });

  it('refuses a name that answers well first and with a forbidden address next', async () => {
    const url = `http://rebinding.example:${port}/x`;
    expect(await call(url)).toBe('answered');
    expect(await call(url)).toBe('blocked_address');
    expect(names.asked.get('rebinding.example')).toBe(2);
    expect(connections()).toBe(0);
  });

  it('calls only the good one of mixed addresses', async () => {
    const before = outside.connections();
    expect(await call(`http://mixed.example:${port}/x`)).toBe('answered');
    expect(outside.connections()).toBe(before + 1);
    expect(connections()).toBe(0);
  });

  it('follows no redirect to a forbidden address, whatever its form', async () => {
    const passed: string[] = [];
    for (const location of [...forbidden(port), `//127.0.0.1:${port}/x`, ...OTHER_SCHEMES.slice(0, 3)]) {
      answer = bad.answerAndEnd(
        `HTTP/1.1 307 Temporary Redirect\r\nconnection: close\r\nlocation: ${Buffer.from(location).toString('latin1')}\r\ncontent-length: 0\r\n\r\n`,
      );
      const outcome = await callAndFollow(`http://public.example:${port}/x`);
      if (!['blocked_address', 'redirect', 'mapping'].includes(outcome)) passed.push(`${location}: ${outcome}`);
    }
    expect(passed).toEqual([]);
    expect(connections()).toBe(0);
  });
});
