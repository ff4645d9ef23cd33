/** What is known of an authorization server and of our registration there. Nothing of it is stored by this module. */
export interface OAuthProvider {
  /** Only the code flow needs it. */
  authorizationUrl?: string;
  accessTokenUrl: string;
  clientId: string;
  /** Empty: a public client, which only names itself (RFC 6749 2.1). */
  clientSecret: string;
  /** Separated by spaces; empty: the provider's default. */
  scope: string;
  /** Where the client authenticates: `Authorization: Basic`, or fields of the form (RFC 6749 2.3.1). */
  clientAuth: 'header' | 'body';
  extraAuthParams?: Readonly<Record<string, string>>;
}

/** What a token is asked for with (RFC 6749 4.1.3, 6, 4.4.2). */
export type Grant =
  | { type: 'authorization_code'; code: string; codeVerifier: string; redirectUri: string }
  | { type: 'refresh_token'; refreshToken: string }
  | { type: 'client_credentials' };

/** Where every provider sends people back to; the one address that has to be registered there. */
export const callbackUrl = (publicUrl: string): string => `${publicUrl}/oauth/callback`;

/** Everything of a token request that no message may repeat. */
export function secretsOf(provider: OAuthProvider, grant: Grant): string[] {
  const own = [provider.clientSecret];
  if (grant.type === 'authorization_code') own.push(grant.code, grant.codeVerifier);
  if (grant.type === 'refresh_token') own.push(grant.refreshToken);
  return own.filter((secret) => secret !== '');
}
