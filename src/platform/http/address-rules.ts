import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The address without its zone; IPv4-mapped IPv6 becomes IPv4. Null: not an address. */
export function parseAddress(text: string): Address | null {
  const bare = text.replace(/^\[|\]$/g, '').split('%')[0];
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.process(bare);
}

const GLOBAL_UNICAST_6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's host agent: a public address by the registries, metadata and more in fact. */
const AZURE_HOST = '168.63.129.16';

/**
 * Why a stranger's workflow must not reach this address, or null when it may.
 *
 * Only global unicast passes. `ipaddr.js` knows the special-purpose registries (RFC 6890) but calls everything else
 * unicast, so that for IPv6 nothing outside 2000::/3 passes (`::/96`, RFC 4291 2.5.5.1, is one of those), nor an
 * address that carries a forbidden IPv4 one (NAT64, 6to4, Teredo: refused whole; ISATAP, RFC 5214: looked into).
 */
export function whyForbidden(address: Address): string | null {
  const range: string = address.range();
  if (range !== 'unicast') return RANGE_NAMES[range] ?? range;
  if (!isVersion6(address)) return address.toString() === AZURE_HOST ? 'cloud metadata' : null;
  if (!address.match(GLOBAL_UNICAST_6)) return 'not a global address';
  const carried = isatapAddress(address);
  return carried && whyForbidden(carried) !== null ? `carries ${carried.toString()}` : null;
}

const isVersion6 = (address: Address): address is ipaddr.IPv6 => address.kind() === 'ipv6';

function isatapAddress(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const [high, marker, first, second] = address.parts.slice(4);
  if ((high & 0xfdff) !== 0 || marker !== 0x5efe) return null;
  return new ipaddr.IPv4([first >> 8, first & 0xff, second >> 8, second & 0xff]);
}

const RANGE_NAMES: Record<string, string> = {
  unspecified: 'this machine',
  loopback: 'loopback, this machine',
  linkLocal: 'link-local, where cloud metadata lives',
  private: 'a private network',
  uniqueLocal: 'a private network',
  carrierGradeNat: "a provider's private network",
  rfc6052: 'a NAT64 address',
  rfc6145: 'a translated address',
  '6to4': 'a 6to4 address',
  teredo: 'a Teredo address',
};
