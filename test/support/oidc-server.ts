import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type ClientMetadata } from 'oidc-provider';
import type { OAuthProvider } from '../../src/platform/oauth/provider.js';

export interface OidcServer {
  issuer: string;
  /**
   * A client whose ID and secret need encoding in the header it authenticates in; `<clientId>:body` is the same one,
   * authenticated in the body.
   */
  client: OAuthProvider;
  /** Walks sign-in and consent as a person would; gives the address at which the callback would be called. */
  walk(authorizationUrl: string): Promise<URL>;
  close(): Promise<void>;
}

/**
 * A strict, certified provider: PKCE demanded, refresh tokens rotated, `iss` announced and sent. The console is silent
 * until it closes: it warns again and again that it is set up for tests.
 */
export async function startOidcServer(redirectUri: string): Promise<OidcServer> {
  const { info, warn } = console;
  Object.assign(console, { info: () => {}, warn: () => {} });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client: OAuthProvider = {
    authorizationUrl: `${issuer}/auth`,
    accessTokenUrl: `${issuer}/token`,
    clientId: 'hookline:test-client',
    clientSecret: 'a secret+with/every=kind&of%sign-that-is-long',
    scope: 'openid offline_access',
    clientAuth: 'header',
    extraAuthParams: { prompt: 'consent' },
  };
  const registered: ClientMetadata = {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    id_token_signed_response_alg: 'ES256',
  };
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const provider = new Provider(issuer, {
    clients: [
      registered,
      {
        ...registered,
        client_id: `${client.clientId}:body`,
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
    cookies: { keys: ['for tests only'] },
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      ClientCredentials: 600,
      Grant: 3600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  });
  const listener = provider.callback();
  server.on('request', (request, response) => void listener(request, response));
  return {
    issuer,
    client,
    walk: (authorizationUrl) => walk(authorizationUrl, redirectUri),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      Object.assign(console, { info, warn });
    },
  };
}

const MAX_PAGES = 12;

async function walk(start: string, redirectUri: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let next = { url: new URL(start), form: null as string | null };
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await fetch(next.url, {
      method: next.form === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(next.form === null ? null : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: next.form,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location !== null) {
      const url = new URL(location, next.url);
      if (url.href.startsWith(redirectUri)) return url;
      next = { url, form: null };
      continue;
    }
    next = formOf(await answer.text(), next.url);
  }
  throw new Error(`The provider showed more than ${MAX_PAGES} pages.`);
}

/** What pressing the page's button would send: it asks for a login first, then for the consent. */
function formOf(page: string, url: URL): { url: URL; form: string } {
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
  const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
  if (!action || !prompt) throw new Error(`The provider shows no form: ${page.replace(/<[^>]+>/g, ' ').slice(0, 500)}`);
  const fields: Record<string, string> = prompt === 'login' ? { prompt, login: 'ada', password: 'any' } : { prompt };
  return { url: new URL(action, url), form: new URLSearchParams(fields).toString() };
}
