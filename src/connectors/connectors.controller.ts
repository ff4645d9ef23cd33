import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { notFound } from '../core/errors.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { decodeCursor, pageFrom, pageOf, pageQuery, type PageQuery } from '../platform/api/paging.js';
import { connectors, eventTypes, findEventType } from './catalog.js';
import { curlStep } from './curl/curl-step.js';

const eventTypeView = z.object({
  name: z.string(),
  connector: z.string(),
  title: z.string(),
  description: z.string(),
  validation: z.enum(['off', 'warn', 'enforce']),
  builtin: z.boolean(),
});

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
  @Get('connectors')
  @Endpoint({
    access: 'viewer',
    summary: 'List the connectors with their triggers and actions',
    answers: { 200: { schema: pageOf(manifestView) } },
  })
  listConnectors(@Query({ schema: pageQuery }) query: PageQuery) {
    return paged(connectors, query);
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

  @Get('event-types')
  @Endpoint({
    access: 'viewer',
    summary: 'List the event types',
    answers: { 200: { schema: pageOf(eventTypeView) } },
  })
  listEventTypes(@Query({ schema: pageQuery }) query: PageQuery) {
    return paged(eventTypes, query);
  }

  @Get('event-types/:name')
  @Endpoint({ access: 'viewer', summary: 'Read one event type', answers: { 200: { schema: eventTypeView } } })
  readEventType(@Param('name', { schema: z.string().max(200) }) name: string) {
    const type = findEventType(name);
    if (!type) throw notFound('event type', name);
    return type;
  }
}

/** These lists are part of the program; their cursor is the place in them. */
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
