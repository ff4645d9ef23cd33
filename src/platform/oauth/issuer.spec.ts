import type { HttpResult } from '../http/http.client.js';
import { metadataRequests, processMetadataResponses } from './issuer.js';

const AUTHORIZATION_URL = 'https://a.example/realms/x/auth?kc=1';
const HOME = 'https://a.example/realms/x';
const metadata = {
  issuer: HOME,
  authorization_endpoint: 'https://a.example/realms/x/auth',
  authorization_response_iss_parameter_supported: true,
};

const answered = (url: string, body: string, status = 200): { url: string; result: HttpResult } => ({
  url,
  result: {
    ...{ kind: 'response', status, headers: [], body: Buffer.from(body), bytes: body.length, remoteAddress: null },
    timings: { dnsMs: 0, connectMs: 0, firstByteMs: 0, totalMs: 0 },
  },
});
const judge = (changed: object, url = `${HOME}/.well-known/openid-configuration`, status = 200): string | null =>
  processMetadataResponses(AUTHORIZATION_URL, [answered(url, JSON.stringify({ ...metadata, ...changed }), status)]);

describe('the issuer of a provider', () => {
  it('is looked for in every folder above the authorization URL', () => {
    expect(metadataRequests(AUTHORIZATION_URL).map(({ url }) => url)).toEqual([
      'https://a.example/.well-known/openid-configuration',
      'https://a.example/realms/.well-known/openid-configuration',
      'https://a.example/realms/x/.well-known/openid-configuration',
      'https://a.example/.well-known/oauth-authorization-server',
    ]);
    expect(metadataRequests('https://a.example/1/2/3/4/5/6/7/8/auth')).toHaveLength(5);
    expect(metadataRequests('no URL')).toEqual([]);
  });

  it('counts when the provider announces that the callback names it', () => {
    expect(judge({})).toBe(HOME);
    expect(judge({ issuer: `${HOME}/` })).toBe(`${HOME}/`);
  });

  it.each([
    [{ authorization_response_iss_parameter_supported: false }],
    [{ authorization_response_iss_parameter_supported: 'true' }],
    [{ issuer: 'https://b.example' }],
    [{ issuer: 7 }],
    [{ authorization_endpoint: 'https://a.example/other' }],
    [{ authorization_endpoint: 'nothing' }],
  ])('is none with %j', (changed) => {
    expect(judge(changed)).toBeNull();
  });

  it('is none when it is described at another place, or under another status', () => {
    expect(judge({}, 'https://a.example/.well-known/openid-configuration')).toBeNull();
    expect(judge({}, undefined, 500)).toBeNull();
  });

  it.each(['', 'null', '[]', '7', '<html>', '{'])('is none where the answer is %j', (body) => {
    const url = `${HOME}/.well-known/openid-configuration`;
    expect(processMetadataResponses(AUTHORIZATION_URL, [answered(url, body)])).toBeNull();
  });
});
