const ENTRY = /^(\*\.)?(\[[0-9a-f:.]+\]|[^\s/?#@:*\\[\]]+)(?::(\d{1,5}))?$/i;

/**
 * One entry in the form it is compared in: `host`, `*.host` (every name below it, not itself), each with an optional
 * `:port` (without: any port). Null where it is none.
 */
export function normalHost(text: string): string | null {
  const [, wildcard = '', host, port] = ENTRY.exec(text.trim()) ?? [];
  if (host === undefined || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) return null;
  // The URL parser writes names in ASCII and addresses in their one usual form, as it does for the URL of a call.
  const url = `http://${host}`;
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  if (hostname === '' || hostname.includes('*')) return null;
  if (wildcard !== '' && /^[[\d]/.test(hostname) && !/[a-z]/.test(hostname)) return null;
  return `${wildcard}${hostname}${port === undefined ? '' : `:${Number(port)}`}`;
}

/** Whether a connection limited to `entries` may be used for a URL; no entries: for any. */
export function isAllowedHost(entries: readonly string[], { hostname, port, protocol }: URL): boolean {
  if (entries.length === 0) return true;
  const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return entries.some((entry) => {
    const [, host, entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
    if (entryPort !== undefined && entryPort !== actualPort) return false;
    return host.startsWith('*.')
      ? hostname.endsWith(host.slice(1)) && hostname.length >= host.length
      : hostname === host;
  });
}

/** Whether everything that `entries` allow is allowed by `others` too. */
export function isWithin(entries: readonly string[], others: readonly string[]): boolean {
  if (others.length === 0) return true;
  return entries.length > 0 && entries.every((entry) => others.some((other) => covers(other, entry)));
}

function covers(entry: string, other: string): boolean {
  const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
  const [, otherHost, otherPort] = /^(.*?)(?::(\d+))?$/.exec(other)!;
  if (port !== undefined && port !== otherPort) return false;
  return host === otherHost || (host.startsWith('*.') && otherHost.replace(/^\*/, '').endsWith(host.slice(1)));
}
