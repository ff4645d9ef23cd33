import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser sent a request for a page that is not ours. Fetch Metadata says so where it is sent (trustworthy
 * origins); elsewhere `Origin` must be ours, by the public URL or by the host the request was sent to.
 * @returns `unknown` where neither header is there: no browser, or a very old one.
 */
export function siteOf(headers: IncomingHttpHeaders, publicUrl: string): 'own' | 'other' | 'unknown' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'other';
  const { origin } = headers;
  if (origin === undefined) return 'unknown';
  if (!URL.canParse(origin)) return 'other';
  const { host, origin: plain } = new URL(origin);
  return plain === new URL(publicUrl).origin || (headers.host !== undefined && host === headers.host) ? 'own' : 'other';
}
