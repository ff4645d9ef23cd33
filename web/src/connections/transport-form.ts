import type { Connection } from '../api/types.js';

/** How calls get there, as the dialog holds it. A secret is null where the stored one stays. */
export interface TransportForm {
  tlsCa: string;
  tlsCert: string;
  tlsKey: string | null;
  tlsPassphrase: string;
  tlsServername: string;
  tlsSkipVerify: boolean;
  /** Empty: calls go straight. */
  proxyUrl: string;
  proxyUsername: string;
  proxyPassword: string | null;
}

export const NO_TRANSPORT: TransportForm = {
  tlsCa: '',
  tlsCert: '',
  tlsKey: '',
  tlsPassphrase: '',
  tlsServername: '',
  tlsSkipVerify: false,
  proxyUrl: '',
  proxyUsername: '',
  proxyPassword: '',
};

export function transportFormOf({ tls, proxy }: Pick<Connection, 'tls' | 'proxy'>): TransportForm {
  return {
    tlsCa: tls?.ca ?? '',
    tlsCert: tls?.cert ?? '',
    tlsKey: tls?.key ? null : '',
    tlsPassphrase: '',
    tlsServername: tls?.servername ?? '',
    tlsSkipVerify: tls?.skipVerify ?? false,
    proxyUrl: proxy?.url ?? '',
    proxyUsername: proxy?.username ?? '',
    proxyPassword: proxy?.password ? null : '',
  };
}

/** What is sent: a stored key that stays is left out; without its certificate it goes. */
export function tlsOf(form: TransportForm) {
  const cert = form.tlsCert.trim() || null;
  const tls = {
    ca: form.tlsCa.trim() || null,
    cert,
    key: cert === null && form.tlsKey === null ? null : form.tlsKey === null ? undefined : form.tlsKey.trim() || null,
    passphrase: form.tlsPassphrase || undefined,
    servername: form.tlsServername.trim() || null,
    skipVerify: form.tlsSkipVerify,
  };
  const isEmpty = Object.values(tls).every((value) => value === null || value === false || value === undefined);
  return isEmpty ? null : tls;
}

export function proxyOf({ proxyUrl, proxyUsername, proxyPassword }: TransportForm) {
  if (proxyUrl.trim() === '') return null;
  const password = proxyPassword === null ? undefined : proxyPassword || null;
  return { url: proxyUrl.trim(), username: proxyUsername || null, password };
}

/** Members of the API by their names in the form. */
export const TRANSPORT_FIELDS: Record<string, keyof TransportForm> = {
  'tls/ca': 'tlsCa',
  'tls/cert': 'tlsCert',
  'tls/key': 'tlsKey',
  'tls/passphrase': 'tlsPassphrase',
  'tls/servername': 'tlsServername',
  'tls/skipVerify': 'tlsSkipVerify',
  'proxy/url': 'proxyUrl',
  'proxy/username': 'proxyUsername',
  'proxy/password': 'proxyPassword',
};

export function tlsText(form: TransportForm): string {
  const parts = [
    form.tlsSkipVerify && 'nobody is verified',
    form.tlsCa.trim() !== '' && 'an authority of its own',
    form.tlsCert.trim() !== '' && 'a client certificate',
    form.tlsServername.trim() !== '' && form.tlsServername.trim(),
  ].filter(Boolean);
  return parts.length === 0 ? 'as every browser does' : parts.join(', ');
}
