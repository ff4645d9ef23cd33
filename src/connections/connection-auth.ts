/** How a connection signs in, secrets included. Types to come (`oauth2` above all) join here: everything switches on `type`. */
export type ConnectionAuth =
  | { type: 'none' }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | { type: 'api-key'; name: string; value: string; in: 'header' | 'query' };

export type AuthType = ConnectionAuth['type'];

/** What a secret is shown as, wherever it would stand. Sent back in an edit it means: leave the secret as it is. */
export const MASK = '••••';

/** The members that are secret: sealed at rest, and never shown. The others are stored and shown as they are. */
export const SECRET_MEMBERS: Record<AuthType, readonly string[]> = {
  none: [],
  basic: ['password'],
  bearer: ['token'],
  'api-key': ['value'],
};

/** `ConnectionAuth` without its secret members. */
export type PublicAuth = { type: AuthType } & Record<string, unknown>;

/** What may be stored in the clear, and what must be sealed; null where nothing must. */
export function splitAuth(auth: ConnectionAuth): { shown: PublicAuth; secret: Record<string, unknown> | null } {
  const members = SECRET_MEMBERS[auth.type];
  const entries = Object.entries(auth);
  const shown = Object.fromEntries(entries.filter(([key]) => !members.includes(key))) as PublicAuth;
  const secret = Object.fromEntries(entries.filter(([key]) => members.includes(key)));
  return { shown, secret: members.length === 0 ? null : secret };
}

/** What reads show: every secret as the same mask, whatever its length. */
export const maskedAuth = (shown: PublicAuth): PublicAuth => ({
  ...shown,
  ...Object.fromEntries(SECRET_MEMBERS[shown.type].map((member) => [member, MASK])),
});

/** Names of what it adds to a request: a redirect to another origin must lose them. Header names in small letters. */
export interface AddedNames {
  headers: string[];
  query: string[];
}

export function addedNames(auth: PublicAuth): AddedNames {
  if (auth.type === 'none') return { headers: [], query: [] };
  if (auth.type !== 'api-key') return { headers: ['authorization'], query: [] };
  const name = String(auth.name);
  return auth.in === 'query' ? { headers: [], query: [name] } : { headers: [name.toLowerCase()], query: [] };
}
