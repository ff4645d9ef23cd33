import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HooklineError, invalid } from '../core/errors.js';
import { elementTexts, memberText } from '../core/json.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { check, faultsOf } from '../platform/api/faults.js';
import { checkedBody } from '../platform/api/schema.pipe.js';
import { idOf } from '../platform/api/id-schema.js';
import { decodeCursor, pageFrom, pageOf, pageQuery } from '../platform/api/paging.js';
import { EventLog } from '../runs/event-log.js';
import { BINARY_HEADERS, binaryEvent, isBinaryMode } from './cloud-events/binary-mode.js';
import { type CloudEvent, mediaTypeOf } from './cloud-events/cloud-event.js';
import { structuredEvent } from './cloud-events/structured-mode.js';
import {
  acceptedSchema,
  batchAnswerSchema,
  batchSchema,
  cloudEventsSchema,
  eventDetailSchema,
  eventItemSchema,
  newEventSchema,
  type AcceptedEvent,
  type BatchAnswer,
  type EventDetail,
} from './event.schema.js';
import { EventTrace, eventItem } from './event-trace.service.js';
import { IngestService } from './ingest.service.js';

const listQuery = z.strictObject({
  ...pageQuery.shape,
  type: z.string().max(200).optional(),
  source: z.string().max(200).optional(),
  subject: z.string().max(1_000).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  q: z.string().min(1).max(200).optional(),
});

@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly ingest: IngestService,
    private readonly log: EventLog,
    private readonly trace: EventTrace,
  ) {}

  @Post()
  @HttpCode(202)
  @Endpoint({
    access: 'sender',
    summary: 'Send an event',
    description:
      'Answered once it is stored together with the runs it starts. Also a CloudEvent (1.0): structured as ' +
      '`application/cloudevents+json`, several as `application/cloudevents-batch+json` (answered as a batch is), or ' +
      'binary, with `ce-` headers and a body of any type.',
    anyNumberOfValues: true,
    body: newEventSchema,
    bytesWith: BINARY_HEADERS,
    answers: {
      202: { schema: acceptedSchema, description: 'Stored' },
      200: { schema: acceptedSchema, description: 'Known: the first answer again' },
    },
  })
  async accept(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedEvent | BatchAnswer> {
    const event = this.eventOf(body, request);
    if (Array.isArray(event)) return this.acceptCloudEvents(event, request.bodyText!, reply);
    const accepted = await this.ingest.accept(event.body, event.dataText, [], event.attributes);
    if (accepted.duplicate) reply.status(200);
    return accepted;
  }

  @Post('batch')
  @HttpCode(202)
  @Endpoint({
    access: 'sender',
    summary: 'Send up to 1000 events',
    anyNumberOfValues: true,
    answers: {
      202: { schema: batchAnswerSchema, description: 'All stored' },
      207: { schema: batchAnswerSchema, description: 'Some were not: see each result' },
    },
  })
  async acceptBatch(
    @Body({ schema: batchSchema }) body: z.infer<typeof batchSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchAnswer> {
    const texts = elementTexts(memberText(request.bodyText!, 'events')!);
    return this.answerBatch(
      body.events.map((event, index) => this.acceptOne(event, texts[index], index)),
      reply,
    );
  }

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'List events, newest first',
    answers: { 200: { schema: pageOf(eventItemSchema) } },
  })
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>) {
    const { from, to, cursor, limit, ...filter } = query;
    const rows = await this.log.list({
      ...filter,
      fromMs: from === undefined ? undefined : Date.parse(from),
      toMs: to === undefined ? undefined : Date.parse(to),
      beforeId: decodeCursor(cursor, z.uuid()),
      limit: limit + 1,
    });
    return pageFrom(rows, limit, (row) => row.id, eventItem);
  }

  @Get(':id')
  @Endpoint({ access: 'viewer', summary: 'Read an event', answers: { 200: { schema: eventDetailSchema } } })
  read(@Param('id', { schema: idOf('evt') }) id: string): Promise<EventDetail> {
    return this.trace.of(id);
  }

  private eventOf(body: unknown, request: FastifyRequest): CloudEvent | unknown[] {
    const type = mediaTypeOf(request.headers['content-type'] ?? '') ?? '';
    const text = request.bodyText ?? '';
    if (type === 'application/cloudevents-batch+json') return checkedBody(body, cloudEventsSchema);
    if (type === 'application/cloudevents+json') return structuredEvent(body, text);
    if (type.startsWith('application/cloudevents')) throw unknownFormat(type);
    if (!isBinaryMode(request.headers)) {
      return { body: checkedBody(body, newEventSchema), dataText: memberText(text, 'data')!, attributes: null };
    }
    return binaryEvent({
      rawHeaders: request.raw.rawHeaders,
      contentType: request.headers['content-type'],
      json: request.bodyText === undefined ? undefined : { value: body, text },
      bytes: request.bodyBytes,
    });
  }

  private acceptCloudEvents(events: unknown[], text: string, reply: FastifyReply): Promise<BatchAnswer> {
    const texts = elementTexts(text);
    const accepts = events.map(async (each, index) => {
      const { body, dataText, attributes } = structuredEvent(each, texts[index], [index]);
      return this.ingest.accept(body, dataText, [index], attributes);
    });
    return this.answerBatch(accepts, reply);
  }

  private async answerBatch(accepts: Promise<AcceptedEvent>[], reply: FastifyReply): Promise<BatchAnswer> {
    const settled = await Promise.allSettled(accepts);
    const results = settled.map((result, index): BatchAnswer['results'][number] => {
      if (result.status === 'rejected') return { index, status: 'rejected', error: errorOf(result.reason) };
      const { id, duplicate } = result.value;
      return { index, status: duplicate ? 'duplicate' : 'accepted', id };
    });
    const count = (status: string) => results.filter((result) => result.status === status).length;
    const answer = {
      results,
      accepted: count('accepted'),
      duplicates: count('duplicate'),
      rejected: count('rejected'),
    };
    if (answer.rejected > 0) reply.status(207);
    return answer;
  }

  private async acceptOne(event: unknown, text: string, index: number): Promise<AcceptedEvent> {
    const at = ['events', index];
    const parsed = check(newEventSchema, event);
    if (!parsed.success) throw invalid('invalid_request', faultsOf(parsed.error, at));
    return this.ingest.accept(parsed.data, memberText(text, 'data')!, at);
  }
}

const unknownFormat = (type: string): HooklineError =>
  new HooklineError(
    'media_type',
    'unsupported_media_type',
    `${JSON.stringify(type)} is not understood: CloudEvents come in JSON, or with their attributes as headers.`,
  );

function errorOf(reason: unknown): NonNullable<BatchAnswer['results'][number]['error']> {
  if (!(reason instanceof HooklineError)) throw reason;
  return { code: reason.code, message: reason.message, errors: reason.faults };
}
