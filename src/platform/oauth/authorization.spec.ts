import { createHash } from 'node:crypto';
import {
  authorizationRequest,
  flowKey,
  processAuthorizationResponse,
  RESERVED_PARAMETERS,
  type AuthorizationFlow,
} from './authorization.js';
import type { OAuthProvider } from './provider.js';

const provider: OAuthProvider = {
  authorizationUrl: 'https://provider.example/authorize?tenant=a%20b#part',
  accessTokenUrl: 'https://provider.example/token',
  clientId: 'client',
  clientSecret: 'canary-secret',
  scope: 'read write',
  clientAuth: 'header',
  extraAuthParams: {
    access_type: 'offline',
    state: 'mine',
    client_id: 'other',
    request_uri: 'x',
    response_mode: 'form_post',
  },
};
const begin = (userState?: string, changed: Partial<OAuthProvider> = {}): ReturnType<typeof authorizationRequest> =>
  authorizationRequest({ ...provider, ...changed }, { publicUrl: 'https://hooks.example', userState });

describe('the beginning of the code flow', () => {
  it('has exactly the parameters of the standard, those of the URL and the extra ones', async () => {
    const { url, flow } = await begin();
    const { searchParams, hash } = new URL(url);
    expect(hash).toBe('');
    expect(Object.fromEntries(searchParams)).toEqual({
      tenant: 'a b',
      access_type: 'offline',
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://hooks.example/oauth/callback',
      scope: 'read write',
      state: flow.state,
      code_challenge: createHash('sha256').update(flow.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect(url).not.toContain('canary');
  });

  it('never repeats its state or its verifier', async () => {
    const flows = await Promise.all(Array.from({ length: 20 }, () => begin()));
    expect(new Set(flows.flatMap(({ flow }) => [flow.state, flow.codeVerifier])).size).toBe(40);
    for (const { flow } of flows) expect(flow.codeVerifier).toMatch(/^[\w-]{43}$/);
  });

  it('puts the state of the user behind its own, and is found by its own alone', async () => {
    const { flow } = await begin('a.b=ü&c');
    expect(flow.state).toMatch(/^[\w-]{43}\.a\.b=ü&c$/);
    expect(flowKey(flow.state)).toBe(flowKey(flow.state.split('.')[0]));
    expect(flowKey(flow.state)).not.toContain(flow.state.slice(0, 43));
  });

  it('leaves out a scope that is empty', async () => {
    expect(new URL((await begin('', { scope: '' })).url).searchParams.has('scope')).toBe(false);
  });

  it.each(['', 'provider.example', 'javascript:alert(1)', 'ftp://provider.example/', 'https://u:p@provider.example/'])(
    'is refused for the authorization URL %j',
    async (authorizationUrl) => {
      await expect(begin('', { authorizationUrl })).rejects.toMatchObject({ kind: 'invalid' });
    },
  );

  it('reserves every parameter it sets', async () => {
    const own = [...new URL((await begin('', { extraAuthParams: {} })).url).searchParams.keys()];
    expect(own.filter((name) => !RESERVED_PARAMETERS.has(name))).toEqual(['tenant']);
  });
});

describe('what the callback brings', () => {
  const flow: AuthorizationFlow = { state: 'own.user', codeVerifier: 'v'.repeat(43), redirectUri: 'r', issuer: null };
  const judge = (query: string, changed: Partial<AuthorizationFlow> = {}): unknown =>
    processAuthorizationResponse({ ...flow, ...changed }, new URLSearchParams(query));

  it.each([
    ['state=own.user&code=c', { kind: 'code', code: 'c' }],
    ['state=own.user&code=c&iss=anything&session_state=x', { kind: 'code', code: 'c' }],
    ['', { kind: 'failed', message: expect.stringContaining('without its state') }],
    ['state=own.usex&code=c', { kind: 'failed', message: expect.stringContaining('not its own') }],
    ['state=own&code=c', { kind: 'failed', message: expect.stringContaining('not its own') }],
    ['state=own.user&state=own.user&code=c', { kind: 'failed', message: expect.stringContaining('"state" is in') }],
    ['state=own.user', { kind: 'failed', message: expect.stringContaining('without a code') }],
    ['state=own.user&code=', { kind: 'failed', message: expect.stringContaining('without a code') }],
    ['state=own.user&code=c&id_token=t', { kind: 'failed', message: expect.stringContaining('another flow') }],
    ['state=own.user&code=c&response=jwt', { kind: 'failed', message: expect.stringContaining('another flow') }],
    ['state=own.user&error=access_denied', { kind: 'denied', message: expect.stringContaining('(access_denied)') }],
    [
      'state=own.user&error=invalid_scope&error_description=No+such+scope.',
      {
        kind: 'failed',
        message: 'The provider did not sign in (invalid_scope: No such scope). Check the scope of the connection.',
      },
    ],
    ['state=own.user&error=constructor', { kind: 'failed', message: expect.stringContaining('(constructor). Begin') }],
  ])('%s', (query, outcome) => {
    expect(judge(query)).toEqual(outcome);
  });

  it('says nothing of an error that comes with a wrong state', () => {
    expect(JSON.stringify(judge('state=x&error=phishing&error_description=call+us'))).not.toMatch(/phishing|call us/);
  });

  it('shows neither markup, nor control characters, nor a novel', () => {
    const query = (description: string): string =>
      new URLSearchParams({ state: 'own.user', error: 'server_error', error_description: description }).toString();
    expect(judge(query('<script>x</script>'))).toHaveProperty('message', expect.stringContaining('(server_error).'));
    expect(judge(query('a\r\n\0\u202eb'))).toHaveProperty('message', expect.stringContaining('(server_error: a b).'));
    expect((judge(query('x'.repeat(5_000))) as { message: string }).message.length).toBeLessThan(420);
    expect(judge('state=own.user&error=%3Cb%3E')).toHaveProperty(
      'message',
      expect.stringContaining('without a readable'),
    );
  });

  it.each([
    ['https://a.example', 'code'],
    ['https://a.example/', 'failed'],
    ['https://b.example', 'failed'],
    [null, 'failed'],
  ])('with an announced issuer, iss %j is %s', (iss, kind) => {
    const query = `state=own.user&code=c${iss === null ? '' : `&iss=${encodeURIComponent(iss)}`}`;
    expect(judge(query, { issuer: 'https://a.example' })).toHaveProperty('kind', kind);
  });
});
