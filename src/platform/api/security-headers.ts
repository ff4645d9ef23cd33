import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';

/** An answer of the API is data: nothing in it may ever run, be framed, be guessed to be a page, or be kept. */
const ALWAYS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const FOR_PAGES = {
  'x-frame-options': 'DENY',
  // The window in which somebody signs in at a provider tells the builder how it ended.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
};

/** Fixed texts set once per request (under a microsecond); a handler may set others over them. */
export function setSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(ALWAYS);
    done();
  });
}

/** A fresh nonce for one page (CSP level 3, 2.3): 128 random bits. */
export const newNonce = (): string => randomBytes(16).toString('base64url');

/** Headers of an HTML page of ours. `styles` is the source list for inline styles: a nonce wherever possible. */
export function setPageHeaders(reply: FastifyReply, styles: string): FastifyReply {
  const csp = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
  return reply.headers(FOR_PAGES).header('content-security-policy', csp).type('text/html; charset=utf-8');
}
