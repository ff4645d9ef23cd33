import { Webhook } from 'standardwebhooks';
import type { ConnectionAuth } from '../../connections/connection-auth.js';
import type { HookPreset, HookVerification } from '../../core/definition.js';
import { hookVerificationSchema } from '../../integrations/hook-verification.schema.js';
import type { HookRequest } from './hook-request.js';
import { verifyDelivery } from './verify-delivery.js';

interface Vector {
  name: string;
  verification: Partial<HookVerification> & { preset: HookPreset };
  auth: ConnectionAuth;
  headers: Record<string, string>;
  body: string;
  /** The headers that are signed or are the signature: a flip of any bit of theirs is seen. */
  signed: string[];
  /** Of the signed time; null where none is signed. */
  seconds: number | null;
}

const shared = (...secrets: string[]): ConnectionAuth => ({ type: 'shared-secret', secrets });
const standard = (...secrets: string[]): ConnectionAuth => ({ type: 'standard-webhooks', secrets });
const STANDARD = {
  headers: { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330' },
  body: '{"test": 2432232314}',
  signed: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  seconds: 1614265330,
};
const SLACK_BODY =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

const VECTORS: Vector[] = [
  {
    // The reference implementations' own.
    name: 'Standard Webhooks v1',
    verification: { preset: 'standard-webhooks' },
    auth: standard('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
    ...STANDARD,
    headers: { ...STANDARD.headers, 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' },
  },
  {
    // Of the Svix server.
    name: 'Standard Webhooks v1a',
    verification: { preset: 'standard-webhooks' },
    auth: standard('whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='),
    ...STANDARD,
    headers: {
      ...STANDARD.headers,
      'webhook-signature':
        'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
    },
  },
  {
    // docs.github.com, "Testing the webhook payload validation".
    name: 'GitHub',
    verification: { preset: 'github' },
    auth: shared("It's a Secret to Everybody"),
    headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    body: 'Hello, World!',
    signed: ['x-hub-signature-256'],
    seconds: null,
  },
  {
    // Stripe publishes none: made with OpenSSL.
    name: 'Stripe',
    verification: { preset: 'stripe' },
    auth: shared('whsec_test_secret'),
    headers: { 'stripe-signature': 't=1492774577,v1=a4d8cf7bf8f4f9daf3d0d4a5905396c32f725d47d08d91a0998fa1fefe70c66a' },
    body: '{"id":"evt_1NG8Du2eZvKYlo2CUI79vXWy","object":"event","type":"charge.succeeded"}',
    signed: ['stripe-signature'],
    seconds: 1492774577,
  },
  {
    // docs.slack.dev, "Verifying requests from Slack".
    name: 'Slack',
    verification: { preset: 'slack' },
    auth: shared('8f742231b10e8888abcd99yyyzzz85a5'),
    headers: {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    body: SLACK_BODY,
    signed: ['x-slack-request-timestamp', 'x-slack-signature'],
    seconds: 1531420618,
  },
  {
    // Shopify publishes none: made with OpenSSL.
    name: 'Shopify',
    verification: { preset: 'shopify' },
    auth: shared('shop-secret'),
    headers: { 'x-shopify-hmac-sha256': 'plW8VGqq0nDMIEhDqaNNW99asdUCy7EIqLZVcQwtAZ0=' },
    body: '{"id":1}',
    signed: ['x-shopify-hmac-sha256'],
    seconds: null,
  },
  {
    // Made with OpenSSL.
    name: 'HMAC',
    verification: {
      preset: 'hmac',
      algorithm: 'sha512',
      encoding: 'base64url',
      header: 'X-Sig',
      prefix: 'hmac ',
      signedContent: '{id}|{timestamp}|{body}',
      timestampHeader: 'X-Time',
      idHeader: 'X-Id',
    },
    auth: shared('generic secret'),
    headers: {
      'x-id': 'a-1',
      'x-time': '1700000000',
      'x-sig': 'hmac L2AVXTA1AY3Lr0WkJvkjuqbuhRm1v7mr3ScDmv7_FRUMvH1yWmePFPyyo3wKkgSGTAc0JkrOww7pA4BmEZzUgA',
    },
    body: '{"ok":true}',
    signed: ['x-id', 'x-time', 'x-sig'],
    seconds: 1700000000,
  },
];

const verify = (vector: Vector, change: Partial<HookRequest> = {}, nowMs = (vector.seconds ?? 0) * 1000) => {
  const request: HookRequest = {
    ...{ method: 'POST', query: '', remoteAddress: null, receivedAtMs: nowMs },
    headers: vector.headers,
    body: Buffer.from(vector.body),
    ...change,
  };
  const outcome = verifyDelivery(hookVerificationSchema.parse(vector.verification), vector.auth, request, nowMs);
  return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
};

const flipped = (bytes: Buffer, bit: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[bit >> 3] ^= 1 << (bit & 7);
  return changed;
};

describe.each(VECTORS)('a delivery signed as $name', (vector) => {
  it('is verified', () => {
    expect(verify(vector)).toBe('verified');
  });

  it('is refused whichever bit of the body is another', () => {
    const body = Buffer.from(vector.body);
    for (let bit = 0; bit < body.length * 8; bit++) {
      expect({ bit, is: verify(vector, { body: flipped(body, bit) }) }).toEqual({ bit, is: 'signature' });
    }
  });

  it.each(vector.signed)('is refused whichever bit of %s is another', (name) => {
    const value = Buffer.from(vector.headers[name], 'latin1');
    for (let bit = 0; bit < value.length * 8; bit++) {
      const headers = { ...vector.headers, [name]: flipped(value, bit).toString('latin1') };
      expect({ bit, is: verify(vector, { headers }) }).not.toEqual({ bit, is: 'verified' });
    }
  });

  it.each(vector.signed)('is refused without %s', (name) => {
    const { [name]: _, ...headers } = vector.headers;
    expect(verify(vector, { headers })).toBe('missing_header');
    expect(verify(vector, { headers: { ...headers, [name]: '' } })).toBe('missing_header');
  });

  it('is refused without a secret, with another one, and with one of another kind', () => {
    expect(verify({ ...vector, auth: { type: 'none' } })).toBe('no_secret');
    expect(verify({ ...vector, auth: { type: 'bearer', token: 'x' } })).toBe('no_secret');
    const other =
      vector.auth.type === 'standard-webhooks' ? standard(`whsec_${'A'.repeat(32)}`) : shared('another one');
    expect(verify({ ...vector, auth: other })).not.toBe('verified');
  });

  it('is verified by any of several secrets, while one is replaced', () => {
    const { auth } = vector;
    if (auth.type !== 'shared-secret' && auth.type !== 'standard-webhooks') throw new Error('No list of secrets.');
    const other = auth.type === 'standard-webhooks' ? `whsec_${'A'.repeat(32)}` : 'another one';
    expect(verify({ ...vector, auth: { ...auth, secrets: [other, ...auth.secrets] } })).toBe('verified');
  });

  it('is refused when its time is more than five minutes from ours, either way', () => {
    if (vector.seconds === null) return;
    const at = (seconds: number) => verify(vector, {}, (vector.seconds! + seconds) * 1000);
    expect([-301, -300, 300, 301].map(at)).toEqual(['timestamp', 'verified', 'verified', 'timestamp']);
  });
});

describe('a list of signatures', () => {
  it('needs one that holds, of those of its own version', () => {
    const [v1] = VECTORS;
    const signature = (text: string) => verify(v1, { headers: { ...v1.headers, 'webhook-signature': text } });
    const good = v1.headers['webhook-signature'];
    expect(signature(`v1,${'A'.repeat(43)}= ${good}`)).toBe('verified');
    expect(signature(`v2,${good.slice(3)}`)).toBe('missing_header');
    expect(signature(`v1a,${good.slice(3)}`)).toBe('missing_header');
    expect(signature(`v1,${good.slice(3, -1)}`)).toBe('signature');
  });

  it('made by the reference implementation is verified', () => {
    const [v1] = VECTORS;
    const sign = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const headers = {
      'webhook-id': 'msg_',
      'webhook-timestamp': '1700000000',
      'webhook-signature': sign.sign('msg_', new Date(1_700_000_000_000), 'Grüße'),
    };
    expect(verify(v1, { headers, body: Buffer.from('Grüße') }, 1_700_000_000_000)).toBe('verified');
  });
});

describe('credentials', () => {
  const basic = (authorization?: string, auth: ConnectionAuth = { type: 'basic', username: 'u', password: 'p' }) =>
    verify({
      ...VECTORS[0],
      verification: { preset: 'basic' },
      auth,
      headers: authorization === undefined ? {} : { authorization },
    });
  it('of basic are the user name and the password', () => {
    expect(basic('Basic dTpw')).toBe('verified');
    expect(basic('basic dTpw')).toBe('verified');
    for (const wrong of ['Basic dTpx', 'Bearer dTpw', 'Basic', 'dTpw', '']) expect(basic(wrong)).toBe('credentials');
    expect(basic()).toBe('missing_header');
    expect(basic('Basic dTpw', { type: 'none' })).toBe('no_secret');
  });

  it('of bearer are the token, or any of several', () => {
    const bearer = (authorization: string, auth: ConnectionAuth) =>
      verify({ ...VECTORS[0], verification: { preset: 'bearer' }, auth, headers: { authorization } });
    expect(bearer('Bearer t0ken', { type: 'bearer', token: 't0ken' })).toBe('verified');
    expect(bearer('Bearer second-one', shared('first-one', 'second-one'))).toBe('verified');
    expect(bearer('Bearer t0keN', { type: 'bearer', token: 't0ken' })).toBe('credentials');
  });
});
