import fastifyCompress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from '../../core/errors.js';
import { ENDPOINT, type EndpointOptions } from './endpoint.js';
import { newNonce, setPageHeaders } from './security-headers.js';

/** What is ours and no page of the builder: an unknown path below one of these is a 404 problem, not the builder. */
const NOT_PAGES = /^\/(?:api|health|metrics|hooks|oauth|v4|v5|app|assets)(?:[/?]|$)/;

const NONCE_PLACE = '__CSP_NONCE__';

const NOT_BUILT =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Hookline</title>' +
  '<h1>Hookline is running</h1><p>The web part is not built. Run <code>npm run build</code>, then start again. ' +
  'The API is described at <a href="/api/docs">/api/docs</a>.</p></html>';

const anonymous = (summary: string) => {
  const endpoint: EndpointOptions = { access: 'anonymous', summary, answers: { 200: { contentType: 'text/html' } } };
  return { config: { [ENDPOINT]: endpoint } };
};

/**
 * Serves the builder: its page at `/` and at every path that a browser asks for and nobody else answers (its router
 * knows the rest), its hashed files for ever. Sets the not-found handler of the whole server.
 */
export async function serveBuilder(server: FastifyInstance, webDir: string | null): Promise<void> {
  const page = pageOf(webDir);
  const sendPage = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const nonce = newNonce();
    return setPageHeaders(reply, `'nonce-${nonce}'`).code(200).send(page.replaceAll(NONCE_PLACE, nonce));
  };
  server.get('/', anonymous('The builder'), sendPage);
  server.setNotFoundHandler((request, reply) => {
    if (wantsPage(request)) return sendPage(request, reply);
    throw notFound('route', `${request.method} ${request.url.split('?', 1)[0].slice(0, 200)}`);
  });
  if (webDir !== null) await server.register((scope) => serveFiles(scope, webDir));
}

async function serveFiles(server: FastifyInstance, webDir: string): Promise<void> {
  await server.register(fastifyCompress, { globalDecompression: false, encodings: ['br', 'gzip'], threshold: 1024 });
  await server.register(fastifyStatic, { root: webDir, serve: false, cacheControl: false });
  const assets = join(webDir, 'assets');
  const files = readdirSync(webDir, { withFileTypes: true });
  for (const file of files.filter((each) => each.isFile() && each.name !== 'index.html')) {
    server.get(`/${file.name}`, anonymous('A file of the builder'), (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').sendFile(file.name),
    );
  }
  server.get<{ Params: { '*': string } }>('/assets/*', anonymous('A file of the builder'), (request, reply) =>
    reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(request.params['*'], assets),
  );
}

function pageOf(webDir: string | null): string {
  try {
    if (webDir !== null) return readFileSync(join(webDir, 'index.html'), 'utf8');
  } catch {
    // not built: the page that says so
  }
  return NOT_BUILT;
}

function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  return (request.headers.accept ?? '').includes('text/html') && !NOT_PAGES.test(request.url);
}
