import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { notFound } from '../../core/errors.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { eventsOf, typesOf, type Scope } from './webhook.schema.js';

const SCOPE = { schema: z.enum(['space', 'kapp']) };

/** What platform webhooks can listen to. */
@Controller('app/api/v1/meta/webhooks')
export class WebhookMetaController {
  @Get('types/:scope')
  @Endpoint({
    access: 'viewer',
    summary: 'List what webhooks of a scope can listen to',
    answers: { 200: { schema: z.object({ types: z.array(z.string()) }) } },
  })
  types(@Param('scope', SCOPE) scope: Scope) {
    return { types: typesOf(scope) };
  }

  @Get('events/:scope')
  @Endpoint({
    access: 'viewer',
    summary: 'List the events of every type of a scope',
    answers: { 200: { schema: z.object({ events: z.record(z.string(), z.array(z.string())) }) } },
  })
  events(@Param('scope', SCOPE) scope: Scope) {
    return { events: eventsOf(scope) };
  }

  @Get('events/:scope/:type')
  @Endpoint({
    access: 'viewer',
    summary: 'List the events of a type',
    answers: { 200: { schema: z.object({ events: z.array(z.string()) }) } },
  })
  eventsOfType(
    @Param('scope', SCOPE) scope: Scope,
    @Param('type', { schema: z.string().min(1).max(100) }) type: string,
  ) {
    const events = eventsOf(scope);
    if (!Object.hasOwn(events, type)) throw notFound('type', type);
    return { events: events[type] };
  }
}
