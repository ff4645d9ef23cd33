import { Controller, Get, Header, Module, Res } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Endpoint } from '../endpoint.js';
import { setPageHeaders } from '../security-headers.js';
import { documentOf } from './document.js';
import { routesOf } from './routes.js';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Hookline API</title></head>
<body style="margin:0"><openapi-explorer spec-url="/api/openapi.json"></openapi-explorer>
<script type="module" src="/api/docs/openapi-explorer.js"></script></body>
</html>`;

@Controller('api')
export class OpenApiController {
  private document: string | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  @Endpoint({ access: 'anonymous', summary: 'This document', answers: { 200: { schema: z.looseObject({}) } } })
  read(): string {
    return (this.document ??= JSON.stringify(documentOf(routesOf(this.discovery))));
  }

  /** The explorer styles its elements inline, so this page alone allows inline styles; scripts stay our own. */
  @Get('docs')
  @Endpoint({
    access: 'anonymous',
    summary: 'The API as a page',
    answers: { 200: { schema: z.string(), contentType: 'text/html' } },
  })
  page(@Res() reply: FastifyReply): void {
    setPageHeaders(reply, "'unsafe-inline'").send(PAGE);
  }

  @Get('docs/openapi-explorer.js')
  @Endpoint({
    access: 'anonymous',
    summary: "The page's script",
    answers: { 200: { schema: z.string(), contentType: 'text/javascript' } },
  })
  async script(@Res() reply: FastifyReply): Promise<void> {
    const script = await readFile(explorerScript());
    reply.header('cache-control', 'public, max-age=86400').type('text/javascript; charset=utf-8').send(script);
  }
}

const explorerScript = (): string =>
  join(
    dirname(createRequire(import.meta.url).resolve('openapi-explorer/package.json')),
    'dist/browser/openapi-explorer.min.js',
  );

@Module({ imports: [DiscoveryModule], controllers: [OpenApiController] })
export class OpenApiModule {}
