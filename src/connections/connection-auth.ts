import type { OAuthProvider } from '../platform/oauth/provider.js';

/** What signs a request by itself. */
export type StaticAuth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | { type: 'api-key'; name: string; value: string; in: 'header' | 'query' }
  /** Signs every attempt; `whsec_`, `whsk_` and `whpk_` keys. */
  | { type: 'standard-webhooks'; secrets: string[] }
  /** What a sender to a hook URL signs with; it signs nothing of ours. */
  | { type: 'shared-secret'; secrets: string[] };

/** How a connection signs in, secrets included: everything switches on `type`. Tokens of OAuth lie apart (`oauth/`). */
export type ConnectionAuth = StaticAuth | OAuthAuth;

/** Our registration at a provider, as `platform/oauth` wants it. */
export type OAuthAuth =
  | (OAuthProvider & {
      type: 'oauth2';
      authorizationUrl: string;
      /** Sent behind our own part of the state; empty: none. */
      state: string;
      extraAuthParams: Record<string, string>;
    })
  | (OAuthProvider & { type: 'oauth2-client-credentials' });

export const isOAuth = <T extends { type: AuthType }>(auth: T): auth is T & { type: OAuthAuth['type'] } =>
  auth.type === 'oauth2' || auth.type === 'oauth2-client-credentials';

export type AuthType = ConnectionAuth['type'];

/** What a secret is shown as, wherever it would stand. Sent back in an edit it means: leave the secret as it is. */
export const MASK = '••••';

/** The members that are secret: sealed at rest, and never shown. The others are stored and shown as they are. */
export const SECRET_MEMBERS: Record<AuthType, readonly string[]> = {
  none: [],
  basic: ['password'],
  bearer: ['token'],
  'api-key': ['value'],
  'standard-webhooks': ['secrets'],
  'shared-secret': ['secrets'],
  oauth2: ['clientSecret'],
  'oauth2-client-credentials': ['clientSecret'],
};

/** Given with an OAuth connection and kept apart from it, because they change by themselves. */
const TOKEN_MEMBERS: ReadonlySet<string> = new Set(['accessToken', 'refreshToken']);

/** `ConnectionAuth` without its secret members. */
export type PublicAuth = { type: AuthType } & Record<string, unknown>;

/** What may be stored in the clear, and what must be sealed; null where nothing must. */
export function splitAuth(auth: ConnectionAuth): { shown: PublicAuth; secret: Record<string, unknown> | null } {
  const members = SECRET_MEMBERS[auth.type];
  const entries = Object.entries(auth).filter(([key]) => !TOKEN_MEMBERS.has(key));
  const shown = Object.fromEntries(
    entries.flatMap(([key, value]): [string, unknown][] => {
      if (!members.includes(key)) return [[key, value]];
      return Array.isArray(value) ? [[key, masksOf(value)]] : [];
    }),
  ) as PublicAuth;
  const secret = Object.fromEntries(entries.filter(([key]) => members.includes(key)));
  return { shown, secret: members.length === 0 ? null : secret };
}

/** What reads show: every secret as the same mask, whatever its length; those of a list numbered from 1. */
export const maskedAuth = (shown: PublicAuth): PublicAuth => ({
  ...Object.fromEntries(SECRET_MEMBERS[shown.type].map((member) => [member, MASK])),
  ...shown,
});

const masksOf = (secrets: unknown[]): string[] => secrets.map((_, index) => `${MASK}${index + 1}`);

/** Whether a given secret, or one in a given list, is only the mask of a stored one. */
export const isMasked = (given: unknown): boolean =>
  Array.isArray(given) ? given.some(isMasked) : typeof given === 'string' && given.startsWith(MASK);

/** A given list with its masks replaced by what they stand for; a mask of nothing stays, and is refused later. */
export const unmasked = (given: unknown, kept: unknown): unknown =>
  Array.isArray(given) && Array.isArray(kept)
    ? given.map((each: unknown): unknown => kept[masksOf(kept).indexOf(each as string)] ?? each)
    : given;

const STANDARD_WEBHOOK_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/** Names of what it adds to a request: a redirect to another origin must lose them. Header names in small letters. */
export interface AddedNames {
  headers: string[];
  query: string[];
}

export function addedNames(auth: PublicAuth): AddedNames {
  if (auth.type === 'none' || auth.type === 'shared-secret') return { headers: [], query: [] };
  if (auth.type === 'standard-webhooks') return { headers: [...STANDARD_WEBHOOK_HEADERS], query: [] };
  if (auth.type !== 'api-key') return { headers: ['authorization'], query: [] };
  const name = String(auth.name);
  return auth.in === 'query' ? { headers: [], query: [name] } : { headers: [name.toLowerCase()], query: [] };
}
