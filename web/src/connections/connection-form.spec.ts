import type { Connection } from '../api/types.js';
import { formOf, newConnectionOf, patchOf, problemsIn, problemsOf, withType } from './connection-form.js';

const stored = (auth: object): Connection =>
  ({ id: 'con_1', name: 'CRM', allowedHosts: ['a.example'], auth, usedBy: [] }) as unknown as Connection;
const BASIC = stored({ type: 'basic', username: 'ada', password: '••••' });
const OAUTH = stored({
  type: 'oauth2',
  authorizationUrl: 'https://idp.example/authorize',
  accessTokenUrl: 'https://idp.example/token',
  clientId: 'a',
  clientSecret: '••••',
  scope: 'read',
  state: '',
  extraAuthParams: { prompt: 'consent' },
  clientAuth: 'header',
  status: 'connected',
  accessToken: '…1234',
  refreshToken: '••••',
});

it('sends nothing that was not changed, and no mask', () => {
  expect(patchOf(formOf(BASIC), BASIC)).toEqual({});
  expect(patchOf(formOf(OAUTH), OAUTH)).toEqual({});
  expect(patchOf({ ...formOf(BASIC), name: 'CRM 2' }, BASIC)).toEqual({ name: 'CRM 2' });
  expect(JSON.stringify(patchOf({ ...formOf(OAUTH), scope: 'write' }, OAUTH))).not.toContain('••••');
});

it('sends a secret that is replaced', () => {
  const patch = patchOf({ ...formOf(BASIC), password: 'new' }, BASIC);
  expect(patch).toEqual({ auth: { type: 'basic', username: 'ada', password: 'new' } });
});

it('sends the extra parameters as an object, without rows that have no name', () => {
  const form = {
    ...formOf(OAUTH),
    extra: [
      { key: 'prompt', value: 'login' },
      { key: '', value: 'x' },
    ],
  };
  expect(patchOf(form, OAUTH).auth).toMatchObject({ extraAuthParams: { prompt: 'login' } });
});

it('puts new webhook secrets before those that stay', () => {
  const connection = stored({ type: 'shared-secret', secrets: ['••••1', '••••2'] });
  const form = { ...formOf(connection), secrets: 'a-new-secret', kept: ['••••1'] };
  expect(patchOf(form, connection).auth).toEqual({ type: 'shared-secret', secrets: ['a-new-secret', '••••1'] });
});

it('asks for a secret again where the way to sign in changes, and not where it changes back', () => {
  const bearer = withType(formOf(BASIC), 'bearer', BASIC);
  expect(problemsOf(bearer)).toEqual({ token: 'Give the token.' });
  const back = withType(bearer, 'basic', BASIC);
  expect(problemsOf(back)).toEqual({});
  expect(patchOf(back, BASIC)).toEqual({});
});

it('names the fields that are missing', () => {
  expect(Object.keys(problemsOf(formOf(null)))).toEqual(['name', 'authorizationUrl', 'accessTokenUrl', 'clientId']);
});

it('reads hosts from lines and lists', () => {
  const form = {
    ...formOf(null),
    name: ' CRM ',
    type: 'none' as const,
    allowedHosts: 'a.example, b.example\n\n*.c.example',
  };
  expect(newConnectionOf(form)).toEqual({
    name: 'CRM',
    allowedHosts: ['a.example', 'b.example', '*.c.example'],
    auth: { type: 'none' },
  });
});

it('puts what the server found at its field', () => {
  const fault = (path: string) => ({ path, code: 'x', message: path });
  const form = { ...formOf(null), type: 'api-key' as const };
  const faults = ['/name', '/auth/name', '/auth/value', '/allowedHosts/0', '/auth/extraAuthParams/state', '/auth'].map(
    fault,
  );
  expect(problemsIn(faults, form)).toEqual({
    problems: {
      name: '/name',
      keyName: '/auth/name',
      keyValue: '/auth/value',
      allowedHosts: '/allowedHosts/0',
      extra: '/auth/extraAuthParams/state',
    },
    others: ['/auth'],
  });
});
