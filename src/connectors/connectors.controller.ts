import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint } from '../platform/api/endpoint.js';
import { decodeCursor, pageFrom, pageOf, pageQuery, type PageQuery } from '../platform/api/paging.js';
import { connectorsOf } from './catalog.js';
import { curlStep } from './curl/curl-step.js';
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
