import fc from 'fast-check';
import { isTokenUrl, tokenRequest } from './token-request.js';
import { readTokenAnswer, type TokenAnswer } from './token-answer.js';
import { providerWords } from './provider-words.js';
import { refreshDue } from './tokens.js';

describe('when to refresh', () => {
  it.each([
    [3600, 3539, false],
    [3600, 3540, true],
    [3600, 9999, true],
    [60, 29, false],
    [60, 30, true],
    [0, 0, true],
  ])('of a life of %i s, after %i s: %s', (life, after, due) => {
    expect(refreshDue({ obtainedAt: 5_000, expiresAt: 5_000 + life * 1000 }, 5_000 + after * 1000)).toBe(due);
  });

  it('never by itself where the provider did not say how long a token lives', () => {
    expect(refreshDue({ obtainedAt: 0, expiresAt: null }, Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});

describe('a token request', () => {
  const provider = {
    accessTokenUrl: 'https://provider.example/token?tenant=1',
    clientId: 'a-b_c:d',
    clientSecret: 'p%&+ ü',
    scope: 'read write',
    clientAuth: 'header' as const,
  };
  const sent = async (changed: object, grant: Parameters<typeof tokenRequest>[1]) => {
    const request = await tokenRequest({ ...provider, ...changed }, grant);
    return {
      ...request,
      headers: Object.fromEntries(request?.headers ?? []),
      body: (request?.body as Buffer | null | undefined)?.toString(),
    };
  };

  it('names the client in the header, each part form-encoded', async () => {
    const { headers, body, url, method } = await sent({}, { type: 'refresh_token', refreshToken: 'r+1' });
    expect([method, url]).toEqual(['POST', provider.accessTokenUrl]);
    expect(Buffer.from(headers.authorization.slice('Basic '.length), 'base64').toString()).toBe(
      'a-b_c%3Ad:p%25%26%2B+%C3%BC',
    );
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8');
    expect(headers.accept).toBe('application/json');
    expect(body).toBe('refresh_token=r%2B1&grant_type=refresh_token');
  });

  it('names it in the body, then without the header', async () => {
    const { headers, body } = await sent({ clientAuth: 'body' }, { type: 'client_credentials' });
    expect(headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'read write',
      client_id: 'a-b_c:d',
      client_secret: 'p%&+ ü',
    });
  });

  it('only names a client without a secret', async () => {
    const grant = {
      type: 'authorization_code',
      code: 'c',
      codeVerifier: 'v',
      redirectUri: 'https://h.example/x',
    } as const;
    const { headers, body } = await sent({ clientSecret: '' }, grant);
    expect(headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      grant_type: 'authorization_code',
      code: 'c',
      code_verifier: 'v',
      redirect_uri: 'https://h.example/x',
      client_id: 'a-b_c:d',
    });
  });

  it.each([
    ['https://provider.example/token', true],
    ['http://127.0.0.1:8080/token', true],
    ['http://localhost/token', true],
    ['http://[::1]/token', true],
    ['http://keycloak:8080/token', true],
    ['http://provider.example/token', false],
    ['http://[2001:db8::1]/token', false],
    ['http://8.8.8.8/token', false],
    ['http://134744072/token', false],
    ['https://user:pass@provider.example/token', false],
    ['https://provider.example/token#x', false],
    ['file:///etc/passwd', false],
    ['', false],
  ])('may go to %j: %s', (url, allowed) => {
    expect(isTokenUrl(url)).toBe(allowed);
  });
});

describe('a token answer', () => {
  const read = (body: string, type = 'application/json'): TokenAnswer => readTokenAnswer(Buffer.from(body), type);
  const fields = { access_token: 'a', token_type: 'bearer' };

  it.each([
    ['{"access_token":"a","token_type":"BEARER"}', fields],
    ['\ufeff {"access_token":"a","token_type":null,"expires_in":null,"refresh_token":"","scope":""}', fields],
    ['{"access_token":"a","expires_in":"60.9"}', { ...fields, expires_in: 60 }],
    ['{"access_token":"a","expires_in":"soon"}', fields],
    ['{"access_token":"a","expires_in":0}', fields],
    ['{"access_token":"a","expires_in":-1}', fields],
    ['{"access_token":"a","expires_in":1e300}', { ...fields, expires_in: 3_153_600_000 }],
    ['{"access_token":"a","scope":["r","w"]}', { ...fields, scope: 'r w' }],
    ['{"access_token":"a","refresh_token":"r","error":"","__proto__":{"x":1}}', { ...fields, refresh_token: 'r' }],
    ['access_token=a&scope=r%2Cw&token_type=bearer', { ...fields, scope: 'r,w' }],
  ])('%s is understood', (body, expected) => {
    expect(read(body, 'text/html')).toEqual({ kind: 'tokens', fields: expected });
  });

  it.each([
    ['{"token_type":"bearer"}', /no access token/],
    ['{"access_token":""}', /no access token/],
    ['{"access_token":7}', /no access token/],
    ['{"access_token":"a\\r\\nX: y"}', /no header can carry/],
    ['{"access_token":"a","token_type":"mac"}', /other than "Bearer"/],
    ['access_token=a&access_token=b', /neither JSON nor a form/],
    ['{"access_token":"canary"', /neither JSON nor a form/],
    ['["canary"]', /neither JSON nor a form/],
    ['null', /neither JSON nor a form/],
    ['<html>canary', /HTML or XML/],
    ['  ', /empty/],
  ])('%s is not', (body, problem) => {
    const answer = read(body);
    expect(answer).toEqual({ kind: 'unreadable', problem: expect.stringMatching(problem) });
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it.each(['{"error":"invalid_grant","error_description":"gone"}', 'error=invalid_grant&error_description=gone'])(
    '%s is an error',
    (body) => {
      expect(read(body)).toEqual({ kind: 'error', error: 'invalid_grant', description: 'gone' });
    },
  );

  it('is judged without an exception, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json(), fc.webQueryParameters()), fc.string(), (body, type) => {
        expect(readTokenAnswer(Buffer.from(body as string), type)).toHaveProperty('kind');
      }),
    );
  });
});

describe('the words of a provider', () => {
  it('hold no secret of the request, however it is written', () => {
    const secret = 'canary/+ secret?';
    const bytes = Buffer.from(secret);
    for (const written of [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]) {
      expect(providerWords('invalid_client', `You sent ${written}.`, [secret])).toBe('invalid_client');
    }
    expect(providerWords('canary', null, ['canary'])).not.toContain('canary');
  });
});
