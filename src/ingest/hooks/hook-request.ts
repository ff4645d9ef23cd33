import type { FastifyRequest } from 'fastify';
import type { EventRequest } from '../../core/event.js';

/** Of a whole request body, held in memory: a signature is over all of it. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** One call to a hook URL, as it came in. */
export interface HookRequest {
  method: string;
  /** As it was written, without the question mark. */
  query: string;
  /** By name in small letters; repeated ones joined by `, `. */
  headers: Record<string, string>;
  body: Buffer;
  remoteAddress: string | null;
  receivedAtMs: number;
}

/** Null: the body is longer than may be. What is left of it then is read and forgotten by the server. */
export async function readBody({ raw }: FastifyRequest, maxBytes: number): Promise<Buffer | null> {
  if (Number(raw.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

export function requestOf(request: FastifyRequest, body: Buffer): HookRequest {
  const { raw } = request;
  const headers: [string, string][] = Object.entries(raw.headersDistinct).map(([name, values]) => [
    name,
    values!.join(', '),
  ]);
  return {
    method: request.method,
    query: /\?(.*)$/s.exec(raw.url ?? '')?.[1] ?? '',
    headers: Object.fromEntries(headers),
    body,
    remoteAddress: request.ip,
    receivedAtMs: Date.now(),
  };
}

/** They may carry a credential of the sender: neither an event nor the log keeps them. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-api-key']);
const HIDDEN = '••••';

/** Headers as they may be stored. */
export const storedHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, CREDENTIALS.has(name) ? HIDDEN : value]));

/** The same of a query: whoever asks by WebSub says a secret in it. */
export const storedQuery = (query: string): string =>
  query
    .split('&')
    .map((pair) => (new URLSearchParams(pair).has('hub.verify_token') ? `${pair.split('=', 1)[0]}=${HIDDEN}` : pair))
    .join('&');

/** What mappings read of a delivery. */
export const eventRequest = ({ method, query, headers }: HookRequest): EventRequest => ({
  method,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name))),
  query: valuesOf(new URLSearchParams(query)),
});

export function valuesOf(pairs: Iterable<[string, string]>): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(values);
}
