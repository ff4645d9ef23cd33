import type { FailureCause } from '../../api/types.js';

/** In a few words, where no status of an answer says it. */
const WORDS: Record<string, string> = {
  dns: 'No address found',
  connect_refused: 'Connection refused',
  connect_timeout: 'Not reached in time',
  tls: 'No secure connection',
  reset: 'Connection cut off',
  first_byte_timeout: 'No answer in time',
  total_timeout: 'No answer in time',
  redirect: 'Sent elsewhere',
  blocked_address: 'Blocked address',
  parse: 'Unreadable answer',
  mapping: 'Value not worked out',
  auth: 'Sign-in failed',
  limit: 'Limit reached',
  loop: 'Round in circles',
};

/** `503 at Create purchase order`. */
export function causeTitle({ code, status, atStep }: Pick<FailureCause, 'code' | 'status' | 'atStep'>): string {
  const what = status !== null && code.startsWith('http_') ? String(status) : (WORDS[code] ?? code);
  return atStep ? `${what} at ${atStep.name}` : what;
}
