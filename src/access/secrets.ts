import { createHmac, hash, randomBytes } from 'node:crypto';

const KEY = /^hl_[A-Za-z0-9_-]{32,128}$/;
const TOKEN = /^[se]_[A-Za-z0-9_-]{43}$/;

/** `hl_` and 256 random bits. */
export const newKey = (): string => `hl_${randomBytes(32).toString('base64url')}`;

/** Whether a text could be a key at all: what could not is never looked up. */
export const looksLikeKey = (text: string): boolean => KEY.test(text);

/** SHA-256 in base64url. In one call: a `createHash` object costs 9 µs, on every request. */
export const hashOfKey = (key: string): string => hash('sha256', key, 'base64url');

/** As tables hold it. */
export const bytesOf = (hashed: string): Buffer => Buffer.from(hashed, 'base64url');

/** A session's cookie: 256 random bits, marked `e_` where it hangs on the key of the environment. */
export const newToken = (ofEnvironment: boolean): string =>
  `${ofEnvironment ? 'e' : 's'}_${randomBytes(32).toString('base64url')}`;

/**
 * What a session is stored under; null for what is no token. That of an environment session is bound to the key's
 * text, which no table holds: change or remove HOOKLINE_ADMIN_API_KEY, and its sessions cannot be found any more.
 */
export function hashOfToken(token: string, environmentKey: string | null): string | null {
  if (!TOKEN.test(token)) return null;
  if (token.startsWith('s_')) return hash('sha256', token, 'base64url');
  return environmentKey === null ? null : createHmac('sha256', environmentKey).update(token).digest('base64url');
}
