import { createHash } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Target } from './target.js';

/** Members are PEM texts. */
export interface TlsSettings {
  /** Trusted instead of the public authorities. */
  ca?: string;
  /** Shown to the receiver, with its `key`. */
  cert?: string;
  key?: string;
  passphrase?: string;
  /** Asked for, and checked in the certificate, in place of the URL's host. */
  servername?: string;
  /** Any certificate will do: whoever is on the way can read and change everything. */
  skipVerify?: boolean;
}

export interface ProxySettings {
  /** `http://host:port` or `https://host:port`. */
  url: string;
  username?: string;
  password?: string;
}

/**
 * How calls get where they go: TLS settings of one's own, and a proxy. Sockets are shared only by calls with equal ones.
 * Made once per connection, not per call: the TLS context is kept.
 */
export class Transport {
  /** Equal for equal settings; gives nothing of them away. */
  readonly key: string;
  readonly #tls: TlsSettings;
  readonly #proxy: ProxySettings | null;
  #context: SecureContext | null = null;
  #withoutTls: Transport | null = null;

  constructor(tls: TlsSettings, proxy: ProxySettings | null) {
    this.#tls = tls;
    this.#proxy = proxy;
    this.key = createHash('sha256')
      .update(JSON.stringify([tls, proxy]))
      .digest('hex');
  }

  get skipsVerify(): boolean {
    return this.#tls.skipVerify === true;
  }

  get servername(): string | undefined {
    return this.#tls.servername;
  }

  /** Throws where certificate, key and passphrase do not belong together: saving has ruled that out. */
  get secureContext(): SecureContext {
    const { ca, cert, key, passphrase } = this.#tls;
    return (this.#context ??= createSecureContext({ ca, cert, key, passphrase }));
  }

  /** Where the socket goes first; null: straight to the receiver. */
  get proxy(): Target | null {
    if (this.#proxy === null) return null;
    const { origin, protocol, hostname, port } = new URL(this.#proxy.url);
    const secure = protocol === 'https:';
    return { origin, secure, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80) };
  }

  /** Null: the proxy asks for none. */
  get proxyAuthorization(): string | null {
    const { username, password } = this.#proxy ?? {};
    if (username === undefined && password === undefined) return null;
    return `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}`;
  }

  /** For another origin, to which a redirect leads: certificates and trust are for the first one alone; the way stays. */
  get elsewhere(): Transport {
    return (this.#withoutTls ??= new Transport({}, this.#proxy));
  }
}
