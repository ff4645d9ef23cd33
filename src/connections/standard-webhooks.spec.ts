import { verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { parseStandardWebhookKey, standardWebhookHeaders } from './standard-webhooks.js';

/** The vectors that the reference implementations are tested with. */
const SHARED = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PRIVATE = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
const SEED = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=';
const PUBLIC = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const NOW_MS = 1_614_265_330_999;
const BODY = Buffer.from('{"test": 2432232314}');
const V1 = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const V1A = 'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==';

const signature = (...keys: string[]) =>
  Object.fromEntries(
    standardWebhookHeaders(
      keys.map((key) => parseStandardWebhookKey(key)!),
      ID,
      NOW_MS,
      BODY,
    ),
  );

describe('a Standard Webhooks signature', () => {
  it.each([
    ['v1, with a shared secret', [SHARED], V1],
    ['v1a, with a private key', [PRIVATE], V1A],
    ['v1a, with a private key that stands alone', [SEED], V1A],
    ['one for each key while one is replaced', [SHARED, PRIVATE], `${V1} ${V1A}`],
    ['none with a public key', [PUBLIC], ''],
  ])('is %s', (_name, keys, expected) => {
    expect(signature(...keys)).toEqual({
      'webhook-id': ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': expected,
    });
  });

  it('is taken by the reference implementation, with the old secret and with the new one', () => {
    const keys = ['whsec_' + Buffer.alloc(24, 1).toString('base64'), SHARED];
    const headers = Object.fromEntries(
      standardWebhookHeaders(
        keys.map((key) => parseStandardWebhookKey(key)!),
        ID,
        Date.now(),
        BODY,
      ),
    );
    for (const key of keys) expect(new Webhook(key).verify(BODY, headers)).toEqual({ test: 2432232314 });
    expect(() => new Webhook('whsec_' + Buffer.alloc(24, 2).toString('base64')).verify(BODY, headers)).toThrow();
  });

  it('of v1a is verified by the public key', () => {
    const key = parseStandardWebhookKey(PUBLIC)!;
    const content = Buffer.concat([Buffer.from(`${ID}.1614265330.`), BODY]);
    const bytes = Buffer.from(V1A.slice(4), 'base64');
    expect(key.kind === 'public' && verify(null, content, key.publicKey, bytes)).toBe(true);
  });
});

describe('a text', () => {
  it.each([
    ['whsec_bm90LXZhbGlkCg=='], // too short
    [`whsec_${Buffer.alloc(65).toString('base64')}`],
    ['whsec_'],
    ['whsec_%%%%'],
    ['C2FVsBQIhrscChlQIMV+b5sSYspob7oD'],
    ['whpk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='],
    ['whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlaaaaaaaaaaAJ6p9lMicMFs6Kvg=='], // another's
    ['whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kv'],
  ])('%s is no key', (text) => {
    expect(parseStandardWebhookKey(text)).toBeNull();
  });
});
