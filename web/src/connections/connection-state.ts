import type { Connection, ConnectionType } from '../api/types.js';

export interface ConnectionState {
  text: string;
  tone: 'ok' | 'er' | 'wa' | 'neutral';
  /** In a sentence: what it means for the runs that use it, or what to do. Empty: nothing to say. */
  detail: string;
}

export const KINDS: Record<ConnectionType, string> = {
  none: 'No authentication',
  basic: 'Basic',
  bearer: 'Bearer token',
  'api-key': 'API key',
  oauth2: 'OAuth 2.0',
  'oauth2-client-credentials': 'OAuth 2.0, client credentials',
  'standard-webhooks': 'Standard Webhooks signature',
  'shared-secret': 'Shared secret of a sender',
};

const SOON_MS = 7 * 24 * 60 * 60_000;
const AGAIN = 'Runs that need it wait until somebody signs in again, and then go on.';

/** How a connection is doing, as far as is known: nobody is called to find out. */
export function stateOf({ auth, lastTestedAt, lastTestOutcome }: Connection, now: number): ConnectionState {
  if ('status' in auth) {
    const error = auth.error?.message ?? '';
    if (auth.status === 'reconnect') return { text: 'Sign in again', tone: 'er', detail: error || AGAIN };
    if (auth.type === 'oauth2' && auth.status === 'not-connected')
      return { text: 'Not signed in', tone: 'wa', detail: error || 'Sign in once before a step can use it.' };
    if (auth.status === 'not-connected' && error) return { text: 'Not working', tone: 'er', detail: error };
  }
  if (lastTestOutcome === 'failed')
    return { text: 'Last test failed', tone: 'er', detail: 'Test it again to see what it sends and what comes back.' };
  if (auth.type === 'oauth2' && expiresSoon(auth, now))
    return { text: 'Expires soon', tone: 'wa', detail: 'It cannot renew itself: sign in again before it ends.' };
  if ('status' in auth && auth.status === 'connected') return { text: 'Working', tone: 'ok', detail: '' };
  if (lastTestOutcome === 'succeeded') return { text: 'Working', tone: 'ok', detail: '' };
  if (lastTestedAt === null) return { text: 'Never tested', tone: 'neutral', detail: '' };
  return { text: 'Not tested', tone: 'neutral', detail: 'It was changed after its last test.' };
}

const expiresSoon = (auth: Extract<Connection['auth'], { type: 'oauth2' }>, now: number): boolean =>
  auth.refreshToken === null && auth.expiresAt !== null && Date.parse(auth.expiresAt) - now < SOON_MS;

/** Whether a sign-in that was under way has brought new tokens since the connection was read. */
export function hasNewTokens(before: Connection, now: Connection): boolean {
  if (before.auth.type !== 'oauth2' || now.auth.type !== 'oauth2' || now.auth.status !== 'connected') return false;
  const { status, accessToken, expiresAt } = before.auth;
  return status !== 'connected' || accessToken !== now.auth.accessToken || expiresAt !== now.auth.expiresAt;
}
