import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { selfSigned } from '../../../test/support/self-signed.js';
import { certificatesIn, expiryOf, openedKey } from './pem.js';
import { joinTransport, settled, splitTransport, type TransportSettings } from './transport-settings.js';
import { proxySchema, tlsSchema } from './transport.schema.js';

const [ours, other] = [selfSigned('our.client'), selfSigned('other.client')];
const NONE: TransportSettings = { tls: null, proxy: null };
const encrypted = (passphrase: string): string =>
  createPrivateKey(ours.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }) as string;
/** As `openssl pkcs8 -iter` writes it: only the number of rounds is another one. */
const withRounds = (pem: string, rounds: number): string => {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const at = der.indexOf(Buffer.from([0x02, 0x02, 0x08, 0x00])); // 2048
  const head = der.subarray(0, at);
  const patched = Buffer.concat([head, Buffer.from([0x02, 0x02, rounds >> 8, rounds & 0xff]), der.subarray(at + 4)]);
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${patched.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
};

describe('certificates in PEM', () => {
  it('are taken out of what stands around them', () => {
    const text = `Subject: CN=our.client\r\n${ours.cert}\nand\n${other.cert}`;
    expect(certificatesIn(text)).toEqual([ours.cert, other.cert].map((pem) => pem.trimEnd() + '\n'));
    expect(Date.parse(expiryOf(ours.cert)) - Date.now()).toBeGreaterThan(80_000_000);
  });

  it.each([
    ['', 'Must hold a certificate'],
    [ours.key, 'Holds a private key'],
    [ours.cert + ours.key, 'Holds a private key'],
    [ours.cert.replace(/.{20}\n-----END/, '\n-----END'), 'Certificate 1 of 1 cannot be read'],
    ['-----BEGIN CERTIFICATE-----'.repeat(1_000), 'Must hold a certificate'],
  ])('are refused where they are none: %.40s', (text, message) => {
    expect(tlsSchema.safeParse({ ca: text }).error?.issues[0].message).toContain(message);
  });
});

describe('a key', () => {
  it('is opened with its passphrase', () => {
    expect(openedKey(encrypted('s3cret'), 's3cret', ours.cert)).toEqual({ pem: ours.key });
    expect(openedKey(ours.key, null, ours.cert)).toEqual({ pem: ours.key });
  });

  it.each([
    [ours.key, null, other.cert, 'key', 'not the key of'],
    [encrypted('s3cret'), null, ours.cert, 'passphrase', 'encrypted'],
    [encrypted('s3cret'), 'wrong', ours.cert, 'passphrase', 'does not open'],
    ['s3cret', null, ours.cert, 'key', 'in PEM'],
    ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', null, ours.cert, 'key', 'Cannot be read'],
  ])('is refused with the member at fault, %#', (key, passphrase, cert, member, message) => {
    const fault = openedKey(key, passphrase, cert);
    expect(fault).toEqual({ member, message: expect.stringContaining(message) });
    expect(JSON.stringify(fault)).not.toContain('s3cret');
  });

  it('is not opened where its writer made that long', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) as string;
    expect(openedKey(withRounds(pem, 0x7fff), 'x', ours.cert)).toMatchObject({ member: 'passphrase' });
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    // The size of the number says more bytes than were looked at: 2048 becomes 0x0800xxxx rounds.
    der[der.indexOf(Buffer.from([0x02, 0x02, 0x08, 0x00])) + 1] = 4;
    const long = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${der.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----`;
    expect(openedKey(long, 'x', ours.cert)).toMatchObject({
      member: 'key',
      message: expect.stringContaining('too long'),
    });
  });
});

describe('a transport', () => {
  const whole: TransportSettings = {
    tls: { ca: other.cert, cert: ours.cert, key: ours.key, servername: 'a.example', skipVerify: true },
    proxy: { url: 'http://proxy.example:3128', username: 'ann', password: 's3cret' },
  };

  it('comes apart into what is shown and what is sealed, and together again', () => {
    const { shown, secret } = splitTransport(whole);
    expect(JSON.stringify(shown)).not.toMatch(/s3cret|PRIVATE/);
    expect(joinTransport(JSON.parse(JSON.stringify(shown)), secret)).toEqual(whole);
    const { shown: nothing, secret: none } = splitTransport(NONE);
    expect(joinTransport(nothing, none)).toEqual(NONE);
  });

  it.each([
    [{ tls: null }, { ...whole, tls: null }],
    [
      { tls: { ca: null, key: '••••', skipVerify: false } },
      { ...whole, tls: { cert: ours.cert, key: ours.key, servername: 'a.example' } },
    ],
    [{ tls: { cert: other.cert, key: other.key } }, { ...whole, tls: { ...whole.tls, ...other } }],
    [
      { tls: { cert: null, key: null } },
      { ...whole, tls: { ca: other.cert, servername: 'a.example', skipVerify: true } },
    ],
    [
      { proxy: { password: '••••', username: null } },
      { ...whole, proxy: { url: 'http://proxy.example:3128', password: 's3cret' } },
    ],
    [{ proxy: null }, { ...whole, proxy: null }],
  ])('is changed in what an edit names, %#', (change, expected) => {
    expect(settled(whole, change)).toEqual({ settings: expected, faults: [] });
  });

  it.each([
    [{ tls: { cert: ours.cert } }, '/tls/key'],
    [{ tls: { key: ours.key } }, '/tls/cert'],
    [{ tls: { cert: ours.cert, key: '••••' } }, '/tls/key'],
    [{ tls: { passphrase: 'x' } }, '/tls/passphrase'],
    [{ proxy: { username: 'ann' } }, '/proxy/url'],
    [{ proxy: { url: 'http://proxy.example', password: '••••' } }, '/proxy/password'],
  ])('names the member at fault: %#', (change, path) => {
    expect(settled(NONE, change).faults).toEqual([{ path, code: expect.any(String), message: expect.any(String) }]);
  });

  it.each(['ftp://proxy', 'http://ann:s3cret@proxy', 'http://proxy/path', 'http://proxy?x', 'proxy:3128', ''])(
    'takes no proxy at %s',
    (url) => expect(proxySchema.safeParse({ url }).success).toBe(false),
  );
});
