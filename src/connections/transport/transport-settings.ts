import type { Fault } from '../../core/errors.js';
import { Transport, type ProxySettings, type TlsSettings } from '../../platform/http/transport.js';
import { isMasked, MASK } from '../connection-auth.js';
import { expiryOf, openedKey } from './pem.js';
import type { ProxyPatch, TlsPatch, TlsView, ProxyView } from './transport.schema.js';

/** How the calls of a connection get where they go, whole: of a key only what is opened. */
export interface TransportSettings {
  tls: Omit<TlsSettings, 'passphrase'> | null;
  proxy: ProxySettings | null;
}

/** What may be stored in the clear, with what reads show of the rest. */
export interface ShownTransport {
  tls: (Omit<TlsSettings, 'passphrase' | 'key'> & { caExpiresAt?: string; certExpiresAt?: string }) | null;
  proxy: (Omit<ProxySettings, 'password'> & { hasPassword: boolean }) | null;
}

/** What must be sealed. */
export interface TransportSecret {
  key?: string;
  password?: string;
}

export function splitTransport({ tls, proxy }: TransportSettings): { shown: ShownTransport; secret: TransportSecret } {
  const { key, ...shown } = tls ?? {};
  const { ca, cert } = shown;
  const expiries = { caExpiresAt: ca && expiryOf(ca), certExpiresAt: cert && expiryOf(cert) };
  return {
    shown: {
      tls: tls && withoutEmpty({ ...shown, ...expiries }),
      proxy: proxy && { url: proxy.url, username: proxy.username, hasPassword: proxy.password !== undefined },
    },
    secret: withoutEmpty({ key, password: proxy?.password }),
  };
}

export function joinTransport({ tls, proxy }: ShownTransport, { key, password }: TransportSecret): TransportSettings {
  const { ca, cert, servername, skipVerify } = tls ?? {};
  return {
    tls: tls && withoutEmpty({ ca, cert, key, servername, skipVerify }),
    proxy: proxy && withoutEmpty({ url: proxy.url, username: proxy.username, password }),
  };
}

/** Undefined where calls go straight and trust whom everybody trusts. */
export const transportOf = ({ tls, proxy }: TransportSettings): Transport | undefined =>
  tls === null && proxy === null ? undefined : new Transport(tls ?? {}, proxy);

/** Whether an edit leaves a secret as it is: then it must be opened for it. */
export const keepsSecrets = ({ tls, proxy }: { tls?: TlsPatch; proxy?: ProxyPatch }): boolean =>
  (tls !== null && isKept(tls?.key)) || (proxy !== null && isKept(proxy?.password));

const isKept = (given: string | null | undefined): boolean =>
  given === undefined || (given !== null && isMasked(given));

/** What is there with a change in it: left out stays, null goes. Faults name the members of the request. */
export function settled(
  kept: TransportSettings,
  change: { tls?: TlsPatch; proxy?: ProxyPatch },
): { settings: TransportSettings; faults: Fault[] } {
  const tls = change.tls === undefined ? { value: kept.tls, faults: [] } : settledTls(kept.tls, change.tls);
  const proxy = change.proxy === undefined ? { value: kept.proxy, faults: [] } : settledProxy(kept.proxy, change.proxy);
  return { settings: { tls: tls.value, proxy: proxy.value }, faults: [...tls.faults, ...proxy.faults] };
}

interface Settled<T> {
  value: T | null;
  faults: Fault[];
}

function settledTls(kept: TransportSettings['tls'], change: TlsPatch): Settled<NonNullable<TransportSettings['tls']>> {
  if (!change) return { value: null, faults: [] };
  const { passphrase: given, ...rest } = change;
  const passphrase = given === undefined || given === MASK ? null : given;
  const tls = merged<NonNullable<TransportSettings['tls']>>(kept, { ...rest, key: unmasked(rest.key) });
  if (tls.skipVerify === false) delete tls.skipVerify;
  const { cert, key } = tls;
  const fault = (member: string, message: string, code = 'invalid') => ({
    value: tls,
    faults: [{ path: `/tls/${member}`, code, message }],
  });
  if (cert === undefined && key === undefined) {
    if (passphrase !== null) return fault('passphrase', 'There is no key that it could open.');
    return { value: Object.keys(tls).length === 0 ? null : tls, faults: [] };
  }
  if (cert === undefined) return fault('cert', 'A key needs its certificate.', 'required');
  if (key === undefined) return fault('key', 'A certificate needs its key.', 'required');
  const opened = openedKey(key, passphrase, cert);
  if ('member' in opened) return fault(opened.member, opened.message);
  return { value: { ...tls, key: opened.pem }, faults: [] };
}

function settledProxy(kept: ProxySettings | null, change: ProxyPatch): Settled<ProxySettings> {
  if (!change) return { value: null, faults: [] };
  const proxy = merged<ProxySettings>(kept, { ...change, password: unmasked(change.password) });
  const fault = (member: string, code: string, message: string) => ({
    value: null,
    faults: [{ path: `/proxy/${member}`, code, message }],
  });
  if (proxy.url === undefined) return fault('url', 'required', 'Missing: give the address of the proxy.');
  if (isMasked(change.password) && proxy.password === undefined) {
    return fault('password', 'invalid', 'This is the mask of a secret, not the secret. Give the secret itself.');
  }
  return { value: proxy, faults: [] };
}

/** A mask stands for what is kept, as a member that is left out does. */
const unmasked = (given: string | null | undefined): string | null | undefined =>
  typeof given === 'string' && isMasked(given) ? undefined : given;

function merged<T extends object>(kept: T | null, change: { [K in keyof T]?: T[K] | null }): T {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return withoutEmpty({ ...kept, ...Object.fromEntries(given) } as T);
}

const withoutEmpty = <T extends object>(settings: T): T =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== null)) as T;

export const transportView = ({ tls, proxy }: ShownTransport): { tls: TlsView; proxy: ProxyView } => ({
  tls: tls && {
    ca: tls.ca ?? null,
    caExpiresAt: tls.caExpiresAt ?? null,
    cert: tls.cert ?? null,
    certExpiresAt: tls.certExpiresAt ?? null,
    key: tls.cert === undefined ? null : MASK,
    servername: tls.servername ?? null,
    skipVerify: tls.skipVerify === true,
  },
  proxy: proxy && { url: proxy.url, username: proxy.username ?? null, password: proxy.hasPassword ? MASK : null },
});
