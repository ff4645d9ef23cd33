import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { CallerOf, type Caller } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { PlatformWebhooksService } from './platform-webhooks.service.js';
import {
  kappSlug,
  newWebhook,
  webhookName,
  webhookPatch,
  webhookView,
  type NewWebhook,
  type WebhookPatch,
} from './webhook.schema.js';

const one = z.object({ webhook: webhookView });
const many = z.object({ webhooks: z.array(webhookView) });
const KAPP = { schema: kappSlug };
const NAME = { schema: webhookName };
/** The same routes for the space and, under it, for each kapp. */
const SPACE = 'webhooks';
const OF_KAPP = 'kapps/:kappSlug/webhooks';

@Controller('app/api/v1')
export class PlatformWebhooksController {
  constructor(private readonly webhooks: PlatformWebhooksService) {}

  @Get(SPACE)
  @Endpoint({ access: 'viewer', summary: 'List the webhooks of the space', answers: { 200: { schema: many } } })
  async list() {
    return { webhooks: await this.webhooks.list('') };
  }

  @Post(SPACE)
  @HttpCode(200)
  @Endpoint({ access: 'developer', summary: 'Make a webhook of the space', answers: { 200: { schema: one } } })
  async create(@Body({ schema: newWebhook }) body: NewWebhook, @CallerOf() caller: Caller) {
    return { webhook: await this.webhooks.create('', body, caller.id) };
  }

  @Get(`${SPACE}/:name`)
  @Endpoint({ access: 'viewer', summary: 'Read a webhook of the space', answers: { 200: { schema: one } } })
  async read(@Param('name', NAME) name: string) {
    return { webhook: await this.webhooks.one('', name) };
  }

  @Put(`${SPACE}/:name`)
  @Endpoint({ access: 'developer', summary: 'Change a webhook of the space', answers: { 200: { schema: one } } })
  async change(
    @Param('name', NAME) name: string,
    @Body({ schema: webhookPatch }) body: WebhookPatch,
    @CallerOf() caller: Caller,
  ) {
    return { webhook: await this.webhooks.change('', name, body, caller.id) };
  }

  @Delete(`${SPACE}/:name`)
  @Endpoint({
    access: 'developer',
    summary: 'Delete a webhook of the space',
    description: 'Its jobs stay.',
    answers: { 200: { schema: one } },
  })
  async remove(@Param('name', NAME) name: string, @CallerOf() caller: Caller) {
    return { webhook: await this.webhooks.remove('', name, caller.id) };
  }

  @Get(OF_KAPP)
  @Endpoint({ access: 'viewer', summary: 'List the webhooks of a kapp', answers: { 200: { schema: many } } })
  async listOfKapp(@Param('kappSlug', KAPP) kapp: string) {
    return { webhooks: await this.webhooks.list(kapp) };
  }

  @Post(OF_KAPP)
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Make a webhook of a kapp',
    description: 'It is called for events whose `kapp.slug` is this one.',
    answers: { 200: { schema: one } },
  })
  async createInKapp(
    @Param('kappSlug', KAPP) kapp: string,
    @Body({ schema: newWebhook }) body: NewWebhook,
    @CallerOf() caller: Caller,
  ) {
    return { webhook: await this.webhooks.create(kapp, body, caller.id) };
  }

  @Get(`${OF_KAPP}/:name`)
  @Endpoint({ access: 'viewer', summary: 'Read a webhook of a kapp', answers: { 200: { schema: one } } })
  async readOfKapp(@Param('kappSlug', KAPP) kapp: string, @Param('name', NAME) name: string) {
    return { webhook: await this.webhooks.one(kapp, name) };
  }

  @Put(`${OF_KAPP}/:name`)
  @Endpoint({ access: 'developer', summary: 'Change a webhook of a kapp', answers: { 200: { schema: one } } })
  async changeOfKapp(
    @Param('kappSlug', KAPP) kapp: string,
    @Param('name', NAME) name: string,
    @Body({ schema: webhookPatch }) body: WebhookPatch,
    @CallerOf() caller: Caller,
  ) {
    return { webhook: await this.webhooks.change(kapp, name, body, caller.id) };
  }

  @Delete(`${OF_KAPP}/:name`)
  @Endpoint({ access: 'developer', summary: 'Delete a webhook of a kapp', answers: { 200: { schema: one } } })
  async removeOfKapp(
    @Param('kappSlug', KAPP) kapp: string,
    @Param('name', NAME) name: string,
    @CallerOf() caller: Caller,
  ) {
    return { webhook: await this.webhooks.remove(kapp, name, caller.id) };
  }
}
