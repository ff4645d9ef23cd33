import type { LookupAddress } from 'node:dns';
import { startBadReceiver, ok, type BadReceiver } from '../../../test/support/bad-receiver.js';
import { EgressGuard, parseAllowEntry } from './egress-guard.js';
import { HttpClient, type HttpResult } from './http.client.js';

const noNames = async (): Promise<LookupAddress[]> => {
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
};
const names =
  (...addresses: string[]) =>
  async (): Promise<LookupAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('which addresses may be called', () => {
  const guard = new EgressGuard([], noNames);

  it.each(['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e', '::ffff:1.1.1.1'])(
    'lets %s pass',
    (address) => expect(guard.checkAddress(address, 443, 'example.com')).toBeNull(),
  );

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::808:808',
    '64:ff9b:1::7f00:1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
    '2001:0:7f00:1::',
    '2001:db8::1',
    '2001:470:1:2:0:5efe:127.0.0.1',
    '100::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'no address',
  ])('refuses %s', (address) => expect(guard.checkAddress(address, 80, 'example.com')).not.toBeNull());

  it('names the address and the entry that would allow it', () => {
    expect(guard.checkAddress('127.0.0.1', 8080, 'localhost')).toBe(
      'localhost is at 127.0.0.1, which may not be called (loopback, this machine). If it should be, add 127.0.0.1:8080 to HOOKLINE_EGRESS_ALLOW.',
    );
    expect(guard.checkAddress('fd00::1', 80, 'fd00::1')).toContain('add [fd00::1]:80 to HOOKLINE_EGRESS_ALLOW');
  });
});

describe('the list of what is allowed', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', 1],
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['127.1:8080', '127.0.0.1', 8080],
    ['0x7f000001', '127.0.0.1', 8080],
    ['10.0.0.0/8', '10.200.3.4', 80],
    ['10.0.0.0/8:443', '10.200.3.4', 443],
    ['10.0.0.0/8', '::ffff:10.1.2.3', 80],
    ['::ffff:10.0.0.0/104', '10.1.2.3', 80],
    ['::1', '::1', 80],
    ['[::1]', '::1', 80],
    ['[::1]:8080', '::1', 8080],
    ['fd00::/8', 'fd12::1', 80],
    ['[fd00::/8]:8080', 'fd12::1', 8080],
    ['internal.example', '10.0.0.1', 80],
    ['Internal.Example.:80', '10.0.0.1', 80],
  ])('with %s it lets %s on port %i pass', (entry, address, port) =>
    expect(new EgressGuard([entry]).checkAddress(address, port, 'internal.example')).toBeNull(),
  );

  it.each([
    ['127.0.0.1:8080', '127.0.0.1', 8081],
    ['127.0.0.1', '127.0.0.2', 80],
    ['10.0.0.0/8', '192.168.0.1', 80],
    ['10.0.0.0/8:443', '10.0.0.1', 80],
    ['0.0.0.0/0', '::1', 80],
    ['other.example', '10.0.0.1', 80],
    ['example', '10.0.0.1', 80],
    ['internal.example:80', '10.0.0.1', 81],
  ])('with %s it still refuses %s on port %i', (entry, address, port) =>
    expect(new EgressGuard([entry]).checkAddress(address, port, 'internal.example')).not.toBeNull(),
  );

  it('can grow while the program runs', () => {
    const guard = new EgressGuard([]);
    guard.allow('127.0.0.1:8080');
    expect(guard.checkAddress('127.0.0.1', 8080, 'localhost')).toBeNull();
  });

  it.each([
    '',
    ':80',
    '1.2.3.4:0',
    '1.2.3.4:70000',
    '10.0.0.0/33',
    '300.1.1.1',
    '[::1',
    '[nonsense]:1',
    'a b',
    'http://x',
    'fe80::1%eth0',
    '::1]:8',
    'user@host',
  ])('does not take %j for an entry', (entry) => expect(() => parseAllowEntry(entry)).toThrow(/cannot be allowed/));
});

describe('a forbidden address', () => {
  let receiver: BadReceiver;
  beforeAll(async () => (receiver = await startBadReceiver(ok(), { host: '::' })));
  afterAll(() => receiver.close());

  const call = async (guard: EgressGuard, url: string): Promise<HttpResult> => {
    const client = new HttpClient(guard);
    const result = await client.send({
      method: 'GET',
      url,
      headers: [],
      body: null,
      timeoutMs: 2_000,
      maxResponseBytes: 1_000,
    });
    await client.close();
    return result;
  };
  const codeOf = (result: HttpResult): string => (result.kind === 'error' ? result.error.code : 'answered');

  it.each([
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '①②⑦.0.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
  ])('is refused as the literal %s, and nothing is connected to', async (host) => {
    expect(codeOf(await call(new EgressGuard([]), `http://${host}:${receiver.port}/`))).toBe('blocked_address');
    expect(receiver.connections()).toBe(0);
  });

  it.each(['localhost', 'localhost.', 'LOCALHOST'])('is refused behind the name %s', async (host) => {
    const guard = new EgressGuard([], names('127.0.0.1', '::1'));
    expect(codeOf(await call(guard, `http://${host}:${receiver.port}/`))).toBe('blocked_address');
    expect(receiver.connections()).toBe(0);
  });

  it.each([
    'http://[fe80::1%25lo]:1/',
    'http://user:secret@127.0.0.1:1/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    '//127.0.0.1/',
    'http://',
  ])('in %s is not a URL that can be called', async (url) => {
    const result = await call(new EgressGuard([]), url);
    expect(codeOf(result)).toBe('mapping');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('is refused when the name answers with a public address first and a private one next', async () => {
    const answers = [['203.0.113.1'], ['93.184.216.34'], ['127.0.0.1']];
    const guard = new EgressGuard([], async () => names(...(answers.shift() ?? ['127.0.0.1']))());
    expect(codeOf(await call(guard, `http://rebind.example:${receiver.port}/`))).toBe('blocked_address');
    expect(await guard.lookup('rebind.example', 80)).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(codeOf(await call(guard, `http://rebind.example:${receiver.port}/`))).toBe('blocked_address');
    expect(receiver.connections()).toBe(0);
  });

  it('is left out when a name has public addresses too', async () => {
    const guard = new EgressGuard([], names('10.0.0.1', '93.184.216.34', '::1'));
    expect(await guard.lookup('mixed.example', 80)).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });

  it('is refused after connecting, before a byte is sent, when the look-up was deceived', async () => {
    class Deceived extends EgressGuard {
      override lookup = names('127.0.0.1');
    }
    const seen: string[] = [];
    const listener = await startBadReceiver((request) => void seen.push(request.head));
    for (const scheme of ['http', 'https']) {
      const result = await call(new Deceived([]), `${scheme}://rebind.example:${listener.port}/`);
      expect(codeOf(result)).toBe('blocked_address');
    }
    await listener.idle();
    expect(listener.bytes()).toBe(0);
    await listener.close();
  });

  it('is called once it is allowed, as an address or as a name', async () => {
    expect(codeOf(await call(new EgressGuard([`127.0.0.1:${receiver.port}`]), receiver.url))).toBe('answered');
    const guard = new EgressGuard(['internal.example'], names('127.0.0.1'));
    expect(codeOf(await call(guard, `http://internal.example.:${receiver.port}/`))).toBe('answered');
    expect(codeOf(await call(guard, `http://other.example:${receiver.port}/`))).toBe('blocked_address');
  });

  it('is not reached through a proxy of the environment', async () => {
    const saved = { ...process.env };
    Object.assign(process.env, { http_proxy: receiver.url, HTTP_PROXY: receiver.url, ALL_PROXY: receiver.url });
    const before = receiver.connections();
    try {
      const result = await call(new EgressGuard(['127.0.0.1'], noNames), 'http://nowhere.example/');
      expect(codeOf(result)).toBe('dns');
    } finally {
      process.env = saved;
    }
    expect(receiver.connections()).toBe(before);
  });

  it('shares one look-up among calls made at the same moment', async () => {
    let lookups = 0;
    const guard = new EgressGuard([], async () => {
      lookups++;
      return [{ address: '93.184.216.34', family: 4 }];
    });
    await Promise.all([guard.lookup('a.example', 80), guard.lookup('a.example', 443), guard.lookup('b.example', 80)]);
    expect(lookups).toBe(2);
  });
});
