import { startApp, type TestApp } from '../support/app.js';
import * as bad from '../support/bad-receiver.js';
import { lookUpAt, startDnsServer, type DnsServer } from '../support/dns-server.js';
import { answerFor, EXITS, type Outcome } from '../support/exits.js';
import { ownPort } from '../support/ports.js';

/** 127.0.0.1 and ::1 in all their dresses, and the neighbours that nobody outside has business with. */
const forbidden = (port: number, schemes: string[] = ['http']): string[] =>
  [
    ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001'],
    ...['127.0.0.1.', '2130706433.', '①②⑦.0.0.1', '%31%32%37.0.0.1', '127。0。0。1', '0', '0.0.0.0', '127.255.255.254'],
    ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
    ...['[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[::ffff:0:127.0.0.1]'],
    ...['[fe80::1]', '[fe80::1%25lo]', '[::1%25lo]', '[::1%lo]', '[fd00:ec2::254]', '[2001:470:1:2:0:5efe:127.0.0.1]'],
    ...['user@127.0.0.1', 'user:s3cret@127.0.0.1', '93.184.216.34@127.0.0.1', 'localhost', 'localhost.', 'LOCALHOST'],
    ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', '168.63.129.16', '255.255.255.255'],
    ...['private', 'private6', 'mapped', 'private.example', 'private6.example', 'mapped.example'],
  ].flatMap((host) => schemes.map((scheme) => `${scheme}://${host}:${port}/x`));

const OTHER_SCHEMES = [
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'gopher://127.0.0.1/',
  '//127.0.0.1/',
  'http:127.0.0.1',
];

let app: TestApp;
let names: DnsServer;
/** On 127.0.0.1 and ::1, where no call may get. */
let inside: bad.BadReceiver[];
/** On 127.0.0.2, which is allowed: it plays the public internet. */
let outside: bad.BadReceiver;
/** On 127.0.0.3, allowed too, for what a call needs beside the one that is tested. */
let ally: bad.BadReceiver;
let port: number;
let answer: bad.Script;

const connections = () => inside.reduce((sum, each) => sum + each.connections(), 0);

beforeAll(async () => {
  port = await ownPort();
  inside = [
    await bad.startBadReceiver(bad.ok(), { host: '127.0.0.1', port }),
    await bad.startBadReceiver(bad.ok(), { host: '::1', port }),
  ];
  outside = await bad.startBadReceiver((request, socket) => answer(request, socket), { host: '127.0.0.2', port });
  ally = await bad.startBadReceiver(bad.ok(), { host: '127.0.0.3', port });
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
  app = await startApp({ env: { HOOKLINE_EGRESS_ALLOW: `127.0.0.2:${port},127.0.0.3:${port}` } });
  lookUpAt(app, names);
});
afterAll(async () => {
  await app?.stop();
  await names.close();
  for (const each of [...inside, outside, ally]) await each.close();
});
beforeEach(() => {
  names.asked.clear();
  answer = (request, socket) => {
    const body = answerFor(`http://${/\r\nhost: (\S+)/i.exec(request.head)![1]}`);
    const head = `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    return bad.answerAndEnd(head, body)(request, socket);
  };
});

describe.each(EXITS)('$name', ({ open, requests = 1, schemes, blocked = 'blocked_address', redirected }) => {
  let call: (url: string) => Promise<Outcome>;
  let callAndFollow: (url: string) => Promise<Outcome>;

  beforeAll(async () => {
    const around = { app, ally: `http://127.0.0.3:${port}/` };
    [call, callAndFollow] = [await open(around, 0), await open(around, 5)];
  });

  it('calls what may be called', async () => {
    const before = outside.requests.length;
    expect(await call(`http://public:${port}/x`)).toBe('answered');
    expect(await call(`http://127.0.0.2:${port}/x`)).toBe('answered');
    expect(outside.requests).toHaveLength(before + 2 * requests);
  });

  it('refuses a forbidden address in every form, and connects to nothing', async () => {
    const passed: string[] = [];
    for (const url of [...forbidden(port, schemes), ...OTHER_SCHEMES]) {
      const outcome = await call(url);
      if (![blocked, 'mapping', 'refused'].includes(outcome)) passed.push(`${url}: ${outcome}`);
    }
    expect(passed).toEqual([]);
    expect(connections()).toBe(0);
  });

  it('refuses a name that answers well first and with a forbidden address next', async () => {
    const url = `http://rebinding:${port}/x`;
    expect(await call(url)).toBe('answered');
    expect(await call(url)).toBe(blocked);
    expect(names.asked.get('rebinding')).toBe(2);
    expect(connections()).toBe(0);
  });

  it('calls only the good one of mixed addresses', async () => {
    const before = outside.connections();
    expect(await call(`http://mixed:${port}/x`)).toBe('answered');
    expect(outside.connections()).toBe(before + requests);
    expect(connections()).toBe(0);
  });

  it('follows no redirect to a forbidden address, whatever its form', async () => {
    const passed: string[] = [];
    for (const location of [...forbidden(port), `//127.0.0.1:${port}/x`, ...OTHER_SCHEMES.slice(0, 3)]) {
      answer = bad.answerAndEnd(
        `HTTP/1.1 307 Temporary Redirect\r\nconnection: close\r\nlocation: ${Buffer.from(location).toString('latin1')}\r\ncontent-length: 0\r\n\r\n`,
      );
      const outcome = await callAndFollow(`http://public:${port}/x`);
      const good = redirected ? [redirected] : ['blocked_address', 'redirect', 'mapping'];
      if (!good.includes(outcome)) passed.push(`${location}: ${outcome}`);
    }
    expect(passed).toEqual([]);
    expect(connections()).toBe(0);
  });
});
