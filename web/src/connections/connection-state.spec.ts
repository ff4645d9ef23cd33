import type { Connection } from '../api/types.js';
import { hasNewTokens, stateOf } from './connection-state.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const inDays = (days: number) => new Date(NOW + days * 86_400_000).toISOString();

const connection = (auth: object, rest: object = {}): Connection =>
  ({ id: 'con_1', lastTestedAt: null, lastTestOutcome: null, auth, ...rest }) as Connection;
const oauth2 = (rest: object) => ({
  type: 'oauth2',
  status: 'connected',
  refreshToken: null,
  expiresAt: null,
  error: null,
  accessToken: '…1234',
  ...rest,
});

it.each([
  ['Never tested', { type: 'bearer' }, {}],
  ['Working', { type: 'bearer' }, { lastTestedAt: inDays(-1), lastTestOutcome: 'succeeded' }],
  ['Last test failed', { type: 'bearer' }, { lastTestedAt: inDays(-1), lastTestOutcome: 'failed' }],
  ['Not tested', { type: 'bearer' }, { lastTestedAt: inDays(-1) }],
  ['Working', oauth2({}), {}],
  ['Last test failed', oauth2({}), { lastTestedAt: inDays(-1), lastTestOutcome: 'failed' }],
  ['Not signed in', oauth2({ status: 'not-connected' }), {}],
  ['Sign in again', oauth2({ status: 'reconnect' }), { lastTestedAt: inDays(-1), lastTestOutcome: 'succeeded' }],
  ['Expires soon', oauth2({ expiresAt: inDays(6) }), {}],
  ['Working', oauth2({ expiresAt: inDays(8) }), {}],
  ['Working', oauth2({ expiresAt: inDays(1), refreshToken: '••••' }), {}],
  ['Never tested', { type: 'oauth2-client-credentials', status: 'not-connected', error: null }, {}],
  ['Not working', { type: 'oauth2-client-credentials', status: 'not-connected', error: { message: 'No.' } }, {}],
])('is shown as "%s" where it is %j %j', (text, auth, rest) => {
  expect(stateOf(connection(auth, rest), NOW).text).toBe(text);
});

it('says why a sign-in failed where that is known', () => {
  const error = { code: 'auth', message: 'The owner said no.' };
  expect(stateOf(connection(oauth2({ status: 'not-connected', error })), NOW).detail).toBe('The owner said no.');
});

it.each([
  [true, { status: 'not-connected', accessToken: null }, {}],
  [true, {}, { accessToken: '…5678' }],
  [true, { expiresAt: inDays(1) }, { expiresAt: inDays(2) }],
  [false, {}, {}],
  [false, { status: 'not-connected' }, { status: 'not-connected' }],
])('has new tokens: %s, from %j to %j', (expected, before, after) => {
  expect(hasNewTokens(connection(oauth2(before)), connection(oauth2(after)))).toBe(expected);
});
