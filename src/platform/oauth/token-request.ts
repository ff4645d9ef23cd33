import * as oauth from 'oauth4webapi';
import type { HttpRequest } from '../http/http.client.js';
import type { Grant, OAuthProvider } from './provider.js';
import { formEncode } from './provider-words.js';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Builds a token request; nothing is sent. The library writes it, for a `fetch` that only takes it down, because what
 * leaves leaves through `platform/http`. Null: the token URL cannot be used (`isTokenUrl`).
 */
export async function tokenRequest(provider: OAuthProvider, grant: Grant): Promise<HttpRequest | null> {
  if (!isTokenUrl(provider.accessTokenUrl)) return null;
  let request: HttpRequest | null = null;
  await oauth.genericTokenEndpointRequest(
    // The library wants an issuer before it does anything; a token request carries none.
    { issuer: provider.accessTokenUrl, token_endpoint: provider.accessTokenUrl },
    { client_id: provider.clientId },
    clientAuthentication(provider),
    grant.type,
    parametersOf(provider, grant),
    {
      [oauth.allowInsecureRequests]: true, // which of them may be insecure is judged above
      [oauth.customFetch]: async (url, { method, headers, body }) => {
        request = {
          method,
          url,
          headers: Object.entries(headers),
          body: Buffer.from(body.toString()),
          timeoutMs: TIMEOUT_MS,
          maxResponseBytes: MAX_ANSWER_BYTES,
          freshConnection: true,
        };
        return new Response();
      },
    },
  );
  return request;
}

/** https, or http to this machine or to a name without a dot, which no public name server knows (RFC 6749 3.2). */
export function isTokenUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username || password || hash) return false;
  if (protocol === 'https:') return true;
  return protocol === 'http:' && /^(127(\.\d+){3}|\[::1\]|([^.]+\.)*localhost|[^.:[\]]+)$/.test(hostname);
}

function parametersOf(provider: OAuthProvider, grant: Grant): Record<string, string> {
  switch (grant.type) {
    case 'authorization_code':
      return { code: grant.code, redirect_uri: grant.redirectUri, code_verifier: grant.codeVerifier };
    case 'refresh_token':
      return { refresh_token: grant.refreshToken }; // without a scope it stays what it was (RFC 6749 6)
    case 'client_credentials':
      return provider.scope === '' ? {} : { scope: provider.scope };
  }
}

function clientAuthentication({ clientSecret, clientAuth }: OAuthProvider): oauth.ClientAuth {
  if (clientSecret === '') return oauth.None();
  return clientAuth === 'body' ? oauth.ClientSecretPost(clientSecret) : basic(clientSecret);
}

/**
 * RFC 6749 2.3.1. Not the library's: it also encodes `-` and `_`, which the standard allows and servers that do not
 * decode (there are many, and client IDs full of `-`) answer with `invalid_client`.
 */
const basic =
  (clientSecret: string): oauth.ClientAuth =>
  (_server, client, _body, headers) => {
    const pair = `${formEncode(client.client_id)}:${formEncode(clientSecret)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };
