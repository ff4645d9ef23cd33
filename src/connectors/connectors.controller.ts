import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint } from '../platform/api/endpoint.js';
import { decodeCursor, pageFrom, pageOf, pageQuery, type PageQuery } from '../platform/api/paging.js';
import { connectorsOf } from './catalog.js';
import { curlStep } from './curl/curl-step.js';
import { MAX_DOCUMENT_BYTES, readOpenApi } from './openapi/openapi-document.js';
import { contentsOf } from './openapi/openapi-operations.js';
import { openApiStep } from './openapi/openapi-step.js';
import { EventTypes } from './event-types/event-types.js';

const manifestView = z.object({
  key: z.string(),
  title: z.string(),
  triggers: z.array(z.object({ eventType: z.string(), title: z.string() })),
  actions: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      input: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of the step\u2019s `input`.' }),
    }),
  ),
});

const curlCommand = z.strictObject({
  command: z
    .string()
    .min(1)
    .max(64 * 1024)
    .meta({ description: 'As a browser copies it, or written by hand.' }),
});

const curlStepView = z.object({
  action: z.enum(['get', 'post', 'put', 'custom']),
  input: z.record(z.string(), z.unknown()).meta({ description: 'The step\u2019s `input`, without defaults.' }),
  timeoutMs: z.int().nullable(),
  warnings: z.array(z.object({ flag: z.string(), message: z.string() })),
});

const openApiRequest = z.strictObject({
  document: z.string().min(1).max(MAX_DOCUMENT_BYTES).meta({ description: 'OpenAPI 3.0 or 3.1, as JSON or YAML.' }),
  operation: z.string().min(1).max(3_000).optional().meta({ description: 'The `id` of one that it lists.' }),
  server: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .meta({ description: 'The base URL to call, instead of the first of the document.' }),
});

const openApiView = z.union([
  z
    .object({
      title: z.string(),
      version: z.string(),
      servers: z.array(z.object({ url: z.string(), description: z.string() })),
      operations: z.array(
        z.object({
          id: z.string(),
          method: z.string(),
          path: z.string(),
          summary: z.string(),
          tags: z.array(z.string()),
        }),
      ),
      leftOut: z.int().meta({ description: 'Operations that there was no room for.' }),
    })
    .meta({ id: 'OpenApiContents' }),
  z
    .object({
      action: z.enum(['get', 'post', 'put', 'custom']),
      name: z.string(),
      input: z.record(z.string(), z.unknown()).meta({ description: 'The step\u2019s `input`, without defaults.' }),
      warnings: z.array(z.object({ about: z.string(), message: z.string() })),
    })
    .meta({ id: 'OpenApiStep' }),
]);

const cursorSchema = z.int().min(0);

@Controller('api/v1')
export class ConnectorsController {
  constructor(private readonly eventTypes: EventTypes) {}

  @Get('connectors')
  @Endpoint({
    access: 'viewer',
    summary: 'List the connectors with their triggers and actions',
    answers: { 200: { schema: pageOf(manifestView) } },
  })
  async listConnectors(@Query({ schema: pageQuery }) query: PageQuery) {
    await this.eventTypes.refresh();
    return paged(connectorsOf(this.eventTypes.all()), query);
  }

  @Post('connectors/http/curl')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Read a curl command as an action of a step',
    description: 'Sends nothing and stores nothing. What a step has no place for is in `warnings`.',
    answers: { 200: { schema: curlStepView } },
  })
  readCurl(@Body({ schema: curlCommand }) { command }: z.infer<typeof curlCommand>) {
    return curlStep(command);
  }

  @Post('connectors/http/openapi')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Read an operation of an OpenAPI document as an action of a step',
    description:
      'Without `operation` it answers what the document offers. Fetches nothing, sends nothing and stores nothing: references out of the document are named in `warnings`.',
    answers: { 200: { schema: openApiView } },
  })
  readOpenApi(@Body({ schema: openApiRequest }) { document, operation, server }: z.infer<typeof openApiRequest>) {
    if (operation === undefined) return contentsOf(readOpenApi(document));
    return openApiStep(document, operation, server);
  }
}

/** The cursor is the place in the list. */
function paged<Item>(items: readonly Item[], { limit, cursor }: PageQuery) {
  const from = decodeCursor(cursor, cursorSchema) ?? 0;
  const rows = items.slice(from, from + limit + 1).map((item, index) => ({ item, next: from + index + 1 }));
  return pageFrom(
    rows,
    limit,
    ({ next }) => next,
    ({ item }) => item,
  );
}
