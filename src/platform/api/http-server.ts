import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import type { Logger } from '../logging/logger.js';
import { MetricsModule } from '../logging/metrics.js';
import { serveBuilder } from './builder-pages.js';
import { ENDPOINT, type EndpointOptions } from './endpoint.js';
import { HealthModule } from './health.js';
import { acceptJson, MAX_BODY_BYTES } from './json-body.js';
import { NestLog } from './nest-log.js';
import { OpenApiModule } from './openapi/openapi.controller.js';
import { problemOf, sendProblem } from './problem.js';
import { ProblemFilter } from './problem.filter.js';
import { SchemaPipe } from './schema.pipe.js';
import { setSecurityHeaders } from './security-headers.js';

export interface HttpAppOptions {
  config: Config;
  logger: Logger;
  /** Where the built web part lies; null where there is none. */
  webDir: string | null;
}

const MAX_CONNECTIONS = 10_000;
/** How long `close` waits for requests under way. */
const DRAIN_MS = 10_000;

/**
 * A Nest application over Fastify that answers as api.md says: problems, JSON only, bounded in every direction. It
 * refuses to start with a route that has no `@Endpoint`, or without an access hook (`src/access` has it).
 */
export async function createHttpApp(
  rootModule: Type | DynamicModule,
  options: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const adapter = createAdapter(options.logger);
  const server = adapter.getInstance<FastifyInstance>();
  acceptJson(server);
  requireEndpoints(server);
  setSecurityHeaders(server);
  const app = await NestFactory.create<NestFastifyApplication>(httpRoot(rootModule), adapter, {
    logger: new NestLog(options.logger),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(new ProblemFilter(options.logger));
  await serveBuilder(server, options.webDir);
  return app;
}

@Module({})
class HttpRoot {}

const httpRoot = (rootModule: Type | DynamicModule): DynamicModule => ({
  module: HttpRoot,
  imports: [MetricsModule, HealthModule, OpenApiModule, rootModule],
});

function createAdapter(logger: Logger): ProblemAdapter {
  const adapter = new ProblemAdapter({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: false,
    // A client that drips its headers or its body is cut off; one that is idle between requests may stay.
    requestTimeout: 120_000,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16 * 1024 },
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: false, caseSensitive: true },
    skipMiddie: true,
    logger: false,
    genReqId: () => '',
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply, logger),
    clientErrorHandler: answerUnparsable,
  });
  const server = adapter.getInstance();
  server.server.maxConnections = MAX_CONNECTIONS;
  server.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(error, request, reply, logger),
  );
  return adapter;
}

/**
 * Errors and unknown paths are answered by us on Fastify's own level: Nest would set its handlers over ours. Closing
 * lets requests under way have their answers: Nest would cut them off.
 */
class ProblemAdapter extends FastifyAdapter {
  override async close(): Promise<void> {
    await drain(this.getHttpServer<Server>());
    await super.close();
  }
  override setErrorHandler(): never {
    return undefined as never;
  }
  override setNotFoundHandler(): never {
    return undefined as never;
  }
}

/** Takes no new connections, and waits until the last request was answered. */
async function drain(server: Server): Promise<void> {
  server.close();
  const deadline = Date.now() + DRAIN_MS;
  while (Date.now() < deadline) {
    server.closeIdleConnections();
    const open = await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count ?? 0)));
    if (open === 0) return;
    await sleep(20);
  }
}

/** Default deny, at start: a route that does not say who may call it cannot be served. */
function requireEndpoints(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const endpoint = (route.config as Record<string, unknown> | undefined)?.[ENDPOINT] as EndpointOptions | undefined;
    if (!endpoint?.access)
      throw new Error(`${String(route.method)} ${route.url} has no @Endpoint: say who may call it.`);
  });
  server.addHook('onReady', () => {
    if (!server.hasRequestDecorator('caller')) throw new Error('No access hook is registered: import AccessModule.');
  });
}

/** What is no HTTP at all, too slow or too long, before there is a request: answered on the bare socket. */
function answerUnparsable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, detail] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ([408, 'request_timeout', 'The request took too long to arrive.'] as const)
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? ([431, 'headers_too_large', 'The headers are larger than 16 KiB.'] as const)
        : ([400, 'bad_request', 'This is no HTTP request.'] as const);
  const body = JSON.stringify(problemOf(status, code, detail));
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}
