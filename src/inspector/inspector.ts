import { randomUUID } from 'node:crypto';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/logging/logger.js';

/**
 * A small receiver to look at, so that the first integration has somebody to call: it answers 200 to everything and
 * shows what it got. Part of the embedded default only; on loopback, on a port and so an origin of its own, because it
 * shows what strangers sent. It is the one loopback address that calls may reach without being allowed.
 */
export interface Inspector {
  /** `http://127.0.0.1:port`, the same at every start. */
  url: string;
  /** `address:port`, as the egress guard's allow-list takes it. */
  address: string;
  close(): Promise<void>;
}

interface Received {
  at: string;
  method: string;
  url: string;
  headers: string[];
  body: string;
}

const KEPT = 50;
const MAX_BODY_BYTES = 64 * 1024;
const HOST = '127.0.0.1';
const MARK = 'hookline-inspector';

/** Starts it, or joins the one that another process of the same data folder has started. */
export async function startInspector(config: Pick<Config, 'dataDir'>, logger: Logger): Promise<Inspector> {
  const file = join(config.dataDir, 'inspector.json');
  const known = await readFile(file, 'utf8').then(parsePort, () => 0);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, receiver());
  let opened = await listen(server, known);
  if (opened === null && !(await isInspector(known))) {
    logger.warn({ port: known }, 'inspector.port-taken');
    opened = await listen(server, 0);
  }
  if (opened !== known && opened !== null) {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await writeFile(file, JSON.stringify({ port: opened }), { mode: 0o600 });
  }
  if (opened === null) logger.debug({ port: known }, 'inspector.joined');
  const port = opened ?? known;
  return {
    url: `http://${HOST}:${port}`,
    address: `${HOST}:${port}`,
    close: () =>
      new Promise((resolve) => {
        if (opened === null) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parsePort(text: string): number {
  const { port } = JSON.parse(text) as { port: unknown };
  return typeof port === 'number' && port > 0 && port < 65536 ? port : 0;
}

/** The port it listens on; null where the known one is taken, as it is by another process of ours. */
function listen(server: Server, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && port !== 0) resolve(null);
      else reject(error);
    });
    server.listen(port, HOST, () => resolve((server.address() as { port: number }).port));
    server.unref();
  });
}

/** So that a stranger that took the port meanwhile is not called in its place. */
function isInspector(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: HOST, port, path: '/', timeout: 1_000 }, (response) => {
      response.resume();
      resolve(response.headers[MARK] !== undefined);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

function receiver(): (request: IncomingMessage, response: ServerResponse) => void {
  const received: Received[] = [];
  return (request, response) => {
    if (request.method === 'GET' && request.url === '/') return show(response, received);
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      if (bytes < MAX_BODY_BYTES) chunks.push(chunk.subarray(0, MAX_BODY_BYTES - bytes));
      bytes += chunk.length;
    });
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      const body = Buffer.concat(chunks).toString('utf8');
      received.unshift({ at: new Date().toISOString(), method, url, headers: rawHeaders, body });
      received.splice(KEPT);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ received: true, id: randomUUID(), method, url, bytes }));
    });
  };
}

function show(response: ServerResponse, received: Received[]): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    refresh: '3',
    [MARK]: '1',
  });
  const calls = received.map(callText).map(escapeHtml);
  const list = calls.length > 0 ? calls.map((call) => `<pre>${call}</pre><hr>`).join('') : '<p>Nothing yet.</p>';
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
      `<title>Hookline inspector</title><h1>Hookline inspector</h1>` +
      `<p>The last ${KEPT} requests that reached this address, newest first. Kept in memory only.</p>${list}</html>`,
  );
}

function callText({ at, method, url, headers, body }: Received): string {
  const lines = [`${at}  ${method} ${url}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  return [...lines, '', body].join('\n');
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
