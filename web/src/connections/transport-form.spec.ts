import type { Connection } from '../api/types.js';
import { NO_TRANSPORT, proxyOf, tlsOf, tlsText, transportFormOf } from './transport-form.js';

const STORED = {
  tls: {
    ca: 'CA',
    caExpiresAt: null,
    cert: 'CERT',
    certExpiresAt: null,
    key: '••••',
    servername: null,
    skipVerify: false,
  },
  proxy: { url: 'http://proxy:3128', username: 'ada', password: '••••' },
} as Pick<Connection, 'tls' | 'proxy'>;

it('leaves stored secrets out of what is sent', () => {
  const form = transportFormOf(STORED);
  expect(tlsOf(form)).toEqual({ ca: 'CA', cert: 'CERT', key: undefined, servername: null, skipVerify: false });
  expect(proxyOf(form)).toEqual({ url: 'http://proxy:3128', username: 'ada', password: undefined });
  expect(JSON.stringify([tlsOf(form), proxyOf(form)])).not.toContain('••••');
});

it('is none where nothing is filled in', () => {
  expect([tlsOf(NO_TRANSPORT), proxyOf(NO_TRANSPORT)]).toEqual([null, null]);
  expect(tlsOf({ ...transportFormOf(STORED), tlsCa: '', tlsCert: '' })).toBeNull();
});

it('takes the key away with its certificate, and a password that is replaced by nothing', () => {
  expect(tlsOf({ ...transportFormOf(STORED), tlsCert: '' })).toMatchObject({ ca: 'CA', cert: null, key: null });
  expect(proxyOf({ ...transportFormOf(STORED), proxyPassword: '' })).toMatchObject({ password: null });
});

it('says in words what is otherwise', () => {
  expect(tlsText(NO_TRANSPORT)).toBe('as every browser does');
  expect(tlsText({ ...transportFormOf(STORED), tlsSkipVerify: true })).toBe(
    'nobody is verified, an authority of its own, a client certificate',
  );
});
