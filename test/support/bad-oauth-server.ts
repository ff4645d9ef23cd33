import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuthProvider } from '../../src/platform/oauth/provider.js';

/** How the token endpoint answers a request that is right. `good` is right to the letter, the others are not. */
export type TokenManner =
  | 'good'
  | 'form-encoded'
  | 'created'
  | 'no-token-type'
  | 'lifetime-as-text'
  | 'html'
  | 'html-500'
  | 'text'
  | 'empty'
  | 'error-500'
  | 'busy'
  | 'giant'
  | 'redirect'
  | 'slow'
  | 'reset'
  | 'error-with-200'
  | 'echo';

/** How the authorization endpoint sends the browser back. */
export type AuthorizationManner = 'good' | 'wrong-state' | 'no-state' | 'code-twice' | 'denied' | 'wrong-issuer';

export interface BadOAuthServer {
  url: string;
  client: OAuthProvider;
  token: TokenManner;
  authorization: AuthorizationManner;
  /** Every token request that came, whatever became of it. */
  requests: { authorization: string | null; form: URLSearchParams }[];
  /** Paths of requests to anything else than the two endpoints. */
  strays: string[];
  close(): Promise<void>;
}

/** A provider that signs everybody in at once, whose codes and refresh tokens work once, and that errs on demand. */
export async function startBadOAuthServer(): Promise<BadOAuthServer> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const challenges = new Map<string, string | null>();
  const refreshTokens = new Set<string>();
  const bad: BadOAuthServer = {
    url,
    client: {
      authorizationUrl: `${url}/authorize`,
      accessTokenUrl: `${url}/token`,
      clientId: 'client-of_tests',
      clientSecret: 'canary-client-secret',
      scope: '',
      clientAuth: 'body',
    },
    token: 'good',
    authorization: 'good',
    requests: [],
    strays: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return bad;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', url);
    if (target.pathname === '/authorize') return authorize(target.searchParams, response);
    if (target.pathname !== '/token' || request.method !== 'POST') {
      bad.strays.push(target.pathname);
      response.writeHead(404).end();
      return;
    }
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(body).toString());
    bad.requests.push({ authorization: request.headers.authorization ?? null, form });
    const refusal = bad.token === 'echo' ? 'invalid_request' : refusalOf(form);
    if (refusal === null) return grant(form, response);
    const words = bad.token === 'echo' ? `You sent ${form.toString()}` : 'It was used before, or never given.';
    json(response, bad.token === 'error-with-200' ? 200 : 400, { error: refusal, error_description: words });
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const back = new URL(asked.get('redirect_uri') ?? url);
    const code = `canary-code-${randomBytes(8).toString('hex')}`;
    challenges.set(code, asked.get('code_challenge'));
    if (bad.authorization === 'denied') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The owner said no.');
    } else {
      back.searchParams.append('code', code);
      if (bad.authorization === 'code-twice') back.searchParams.append('code', code);
    }
    if (bad.authorization === 'wrong-issuer') back.searchParams.set('iss', 'https://elsewhere.example');
    if (bad.authorization !== 'no-state') {
      back.searchParams.set('state', bad.authorization === 'wrong-state' ? 'guessed' : (asked.get('state') ?? ''));
    }
    response.writeHead(302, { location: back.href }).end();
  }

  /** Null where the request is right. What it is right with is used up by that. */
  function refusalOf(form: URLSearchParams): string | null {
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        const code = form.get('code') ?? '';
        const challenge = challenges.get(code);
        challenges.delete(code);
        const verifier = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        return challenge === verifier ? null : 'invalid_grant';
      }
      case 'refresh_token':
        return refreshTokens.delete(form.get('refresh_token') ?? '') ? null : 'invalid_grant';
      case 'client_credentials':
        return null;
      default:
        return 'unsupported_grant_type';
    }
  }

  function grant(form: URLSearchParams, response: ServerResponse): void {
    const refreshToken = `canary-refresh-${randomBytes(8).toString('hex')}`;
    const tokens = {
      access_token: `canary-access-${randomBytes(8).toString('hex')}`,
      token_type: 'Bearer',
      expires_in: 3600,
      ...(form.get('grant_type') === 'client_credentials' ? null : { refresh_token: refreshToken }),
    };
    refreshTokens.add(refreshToken);
    const page = `<!doctype html><title>Canary page</title><p>${tokens.access_token}</p>`;
    switch (bad.token) {
      case 'form-encoded': {
        const pairs = Object.entries(tokens).map(([name, value]): [string, string] => [name, String(value)]);
        return send(response, 200, 'application/x-www-form-urlencoded', new URLSearchParams(pairs).toString());
      }
      case 'created':
        return json(response, 201, tokens);
      case 'no-token-type':
        return json(response, 200, { ...tokens, token_type: undefined, extra: { deep: ['field'] }, id_token: 'none' });
      case 'lifetime-as-text':
        return json(response, 200, { ...tokens, expires_in: '3600' });
      case 'html':
        return send(response, 200, 'text/html', page);
      case 'html-500':
        return send(response, 500, 'text/html', page);
      case 'text':
        return send(response, 200, 'text/plain', `Your token is ${tokens.access_token}`);
      case 'empty':
        return send(response, 200, 'application/json', '');
      case 'error-500':
        return json(response, 500, { error: 'canary', ...tokens });
      case 'busy':
        response.setHeader('retry-after', '7');
        return json(response, 429, { error: 'canary' });
      case 'giant':
        return json(response, 200, { ...tokens, padding: 'x'.repeat(2 * 1024 * 1024) });
      case 'redirect':
        response.setHeader('location', '/elsewhere');
        return send(response, 307, 'text/plain', tokens.access_token);
      case 'slow':
        return; // until the server closes
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      default:
        return json(response, 200, tokens);
    }
  }
}

const json = (response: ServerResponse, status: number, value: unknown): void =>
  send(response, status, 'application/json', JSON.stringify(value));

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
