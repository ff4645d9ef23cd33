import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { parseAddress, whyForbidden, type Address } from './address-rules.js';
import { HttpFailure, dnsFailure } from './http-failure.js';

/** What an operator allows: an address range or a name, on one port or on all (null). */
export type AllowEntry = { port: number | null } & ({ host: string } | { range: [Address, number] });

/** Every address of a name; rejects as getaddrinfo does. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

const resolveBySystem: Resolve = (host) => systemLookup(host, { all: true, order: 'verbatim' });

/**
 * Says which addresses may be called. Literal hosts never reach a `lookup` hook and a name may answer differently the
 * next time, so there are three checks: the host of the URL, every answer of the resolver, the address connected to.
 */
export class EgressGuard {
  private readonly entries: AllowEntry[] = [];
  private readonly pending = new Map<string, Promise<LookupAddress[]>>();

  constructor(
    allow: readonly string[],
    private readonly resolve: Resolve = resolveBySystem,
  ) {
    for (const entry of allow) this.allow(entry);
  }

  /** Takes effect for the next connection. Throws like `parseAllowEntry`. */
  allow(entry: string): void {
    this.entries.push(parseAllowEntry(entry));
  }

  /** Why the host of a URL must not be called; null: it may, or it is a name, whose addresses `lookup` will judge. */
  checkHost(hostname: string, port: number): string | null {
    return parseAddress(hostname) ? this.checkAddress(hostname, port, hostname) : null;
  }

  /** Why this address must not be connected to; null: it may. @param host as the URL says it; an allowed host allows what it resolves to. */
  checkAddress(text: string, port: number, host: string): string | null {
    const address = parseAddress(text);
    const reason = address ? whyForbidden(address) : 'not an IP address';
    if (reason === null || (address && this.isAllowed(address, port, host))) return null;
    const shown = address?.toString() ?? text;
    const entry = address?.kind() === 'ipv6' ? `[${shown}]:${port}` : `${shown}:${port}`;
    const what = parseAddress(host) ? shown : `${host} is at ${shown}, which`;
    return `${what} may not be called (${reason}). If it should be, add ${entry} to HOOKLINE_EGRESS_ALLOW.`;
  }

  /**
   * The addresses of a name that may be called; at least one. Rejects with an `HttpFailure` (`dns`, `blocked_address`).
   * Calls for the same name at the same moment share one look-up: getaddrinfo has only a few threads.
   */
  async lookup(host: string, port: number): Promise<LookupAddress[]> {
    const answers = await this.answers(host);
    let blocked: string | null = null;
    const allowed = answers.filter(({ address }) => {
      const reason = this.checkAddress(address, port, host);
      blocked ??= reason;
      return reason === null;
    });
    if (allowed.length > 0) return allowed;
    throw blocked === null ? dnsFailure({ code: 'ENOTFOUND' }, host) : new HttpFailure('blocked_address', blocked);
  }

  private async answers(host: string): Promise<LookupAddress[]> {
    const pending = this.pending.get(host) ?? this.resolve(host).finally(() => this.pending.delete(host));
    this.pending.set(host, pending);
    try {
      return await pending;
    } catch (error) {
      throw dnsFailure(error, host);
    }
  }

  private isAllowed(address: Address, port: number, host: string): boolean {
    const name = bareName(host);
    return this.entries.some((entry) => {
      if (entry.port !== null && entry.port !== port) return false;
      if ('host' in entry) return entry.host === name;
      return entry.range[0].kind() === address.kind() && address.match(entry.range[0], entry.range[1]);
    });
  }
}

const bareName = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/**
 * Reads `address`, `address/bits` or `host`, each with an optional `:port`; IPv6 with a port is written in brackets
 * (`[fd00::1]:8080`, `[fd00::/8]:8080`). Throws an Error whose message names the entry and the fault.
 */
export function parseAllowEntry(entry: string): AllowEntry {
  const text = entry.trim();
  const refuse = (why: string): never => {
    throw new Error(
      `"${entry}" cannot be allowed: ${why}. Write an address, a CIDR range or a host, each with an optional :port.`,
    );
  };
  const match =
    /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(text) ??
    /^([^:]*)(?::(\d{1,5}))?$/.exec(text) ??
    /^([\da-f:.]+(?:\/\d+)?)$/i.exec(text);
  if (!match || match[1] === '') return refuse('it is not complete');
  const [, host, portText] = match;
  const port = portText === undefined ? null : Number(portText);
  if (port !== null && (port < 1 || port > 65_535)) return refuse('a port is from 1 to 65535');
  if (host.includes('/')) {
    return ipaddr.isValidCIDR(host) ? { port, range: unmapped(ipaddr.parseCIDR(host)) } : refuse('it is no CIDR range');
  }
  const address = parseAddress(host);
  if (address) return host.includes('%') ? refuse('zones are not known here') : { port, range: wholeAddress(address) };
  if (text.startsWith('[') || host.includes(':')) return refuse('it is no IPv6 address');
  const url = URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : null;
  if (!url || url.host === '' || url.pathname !== '/' || url.username || url.search || url.hash)
    return refuse('it is no host name');
  const normalised = parseAddress(url.hostname);
  return normalised ? { port, range: wholeAddress(normalised) } : { port, host: bareName(url.hostname) };
}

const wholeAddress = (address: Address): [Address, number] => [address, address.kind() === 'ipv6' ? 128 : 32];

/** `::ffff:10.0.0.0/104` is 10.0.0.0/8: addresses are compared as IPv4 once they are unmapped. */
function unmapped([address, bits]: [Address, number]): [Address, number] {
  if (address.kind() === 'ipv4' || bits < 96) return [address, bits];
  const mapped = address as ipaddr.IPv6;
  return mapped.isIPv4MappedAddress() ? [mapped.toIPv4Address(), bits - 96] : [address, bits];
}
