import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { HooklineError, notFound } from '../../core/errors.js';
import { formatId } from '../../core/id.js';
import { IntegrationNames } from '../../integrations/integration-names.js';
import { HookUrls } from '../../integrations/hook-urls.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { idOf } from '../../platform/api/id-schema.js';
import { decodeCursor, pageFrom, pageOf, pageQuery } from '../../platform/api/paging.js';
import { bodyView } from '../../runs/run-view.js';
import { HookDeliveryLog, OUTCOMES, type StoredDelivery } from './hook-delivery-log.js';
import { deliveryOf, HooksService } from './hooks.service.js';

const listQuery = z.strictObject({
  ...pageQuery.shape,
  integrationId: idOf('int').optional(),
  outcome: z.enum(OUTCOMES).optional(),
});

const time = z.iso.datetime();
const itemSchema = z
  .object({
    id: z.string(),
    integrationId: z.string(),
    integrationName: z.string(),
    outcome: z.enum(OUTCOMES),
    reason: z.string().nullable().meta({ description: 'Why it was refused.' }),
    method: z.string(),
    query: z.string(),
    bodyBytes: z.int(),
    remoteAddress: z.string().nullable(),
    eventId: z.string().nullable(),
    times: z.int().meta({ description: 'In a flood, those refused for the same reason are counted on one.' }),
    receivedAt: time,
    lastAt: time,
  })
  .meta({ id: 'HookDeliveryItem' });
const detailSchema = itemSchema
  .extend({
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable().meta({ description: 'Of a refused one; of an accepted one, see its event.' }),
    encoding: z.enum(['utf-8', 'base64']),
  })
  .meta({ id: 'HookDelivery' });

/** What was sent to hook URLs: every call, and why it was refused. */
@Controller('api/v1/hook-deliveries')
export class HookDeliveriesController {
  constructor(
    private readonly log: HookDeliveryLog,
    private readonly urls: HookUrls,
    private readonly hooks: HooksService,
    private readonly names: IntegrationNames,
  ) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'List deliveries to hook URLs, newest first',
    answers: { 200: { schema: pageOf(itemSchema) } },
  })
  async list(@Query({ schema: listQuery }) { integrationId, outcome, cursor, limit }: z.infer<typeof listQuery>) {
    const beforeId = decodeCursor(cursor, z.uuid());
    const rows = await this.log.list({ integrationId, outcome, beforeId, limit: limit + 1 });
    const names = await this.names.namesOf(rows.map((row) => row.integrationId));
    return pageFrom(
      rows,
      limit,
      (row) => row.id,
      (row) => itemView(row, names),
    );
  }

  @Get(':id')
  @Endpoint({ access: 'viewer', summary: 'Read a delivery', answers: { 200: { schema: detailSchema } } })
  async read(@Param('id', { schema: idOf('dlv') }) id: string) {
    const row = await this.log.find(id);
    if (!row) throw notFound('delivery', formatId('dlv', id));
    const headers = JSON.parse(row.headers) as Record<string, string>;
    return { ...itemView(row, await this.names.namesOf([row.integrationId])), headers, ...bodyView(row.body) };
  }

  @Post(':id/check')
  @HttpCode(200)
  @Endpoint({
    access: 'operator',
    summary: 'Check a refused delivery again',
    description:
      'After its secret or its verification was mended: it becomes an event if it verifies now. Its signed time is held against when it came.',
    answers: { 200: { schema: itemSchema } },
  })
  async check(@Param('id', { schema: idOf('dlv') }) id: string) {
    const row = await this.log.find(id);
    if (!row) throw notFound('delivery', formatId('dlv', id));
    const hook = await this.urls.ofIntegration(row.integrationId);
    if (hook === null) throw conflict('no_hook', 'The integration is not started by a hook URL any more.');
    if (row.outcome !== 'refused') throw conflict('not_refused', 'Only a refused delivery can be checked again.');
    if (row.body === null && Number(row.bodyBytes) > 0) {
      throw conflict('body_not_kept', 'Its body was too long to be kept: have it sent again.');
    }
    const { preset } = hook.trigger.verification;
    if (preset === 'basic' || preset === 'bearer') {
      throw conflict('credentials_not_kept', 'Its credentials were not kept: have it sent again.');
    }
    const { method, query, remoteAddress, receivedAt } = row;
    const request = {
      ...{ method, query, remoteAddress, receivedAtMs: receivedAt.getTime() },
      headers: JSON.parse(row.headers) as Record<string, string>,
      body: row.body ?? Buffer.alloc(0),
    };
    const outcome = await this.hooks.judge(hook, await this.hooks.authOf(hook), request, id);
    const { outcome: became, reason, eventId } = deliveryOf(outcome);
    await this.log.checked(id, became, reason, eventId);
    const names = await this.names.namesOf([row.integrationId]);
    return itemView({ ...row, outcome: became, reason, eventId }, names);
  }
}

const conflict = (code: string, message: string): HooklineError => new HooklineError('conflict', code, message);

const itemView = (row: StoredDelivery, names: ReadonlyMap<string, string>) => ({
  id: formatId('dlv', row.id),
  integrationId: formatId('int', row.integrationId),
  integrationName: names.get(row.integrationId) ?? '',
  outcome: row.outcome,
  reason: row.reason,
  method: row.method,
  query: row.query,
  bodyBytes: Number(row.bodyBytes),
  remoteAddress: row.remoteAddress,
  eventId: row.eventId && formatId('evt', row.eventId),
  times: row.times,
  receivedAt: row.receivedAt.toISOString(),
  lastAt: row.lastAt.toISOString(),
});
