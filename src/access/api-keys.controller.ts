import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { type Caller, CallerOf } from '../platform/api/caller.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { type Page, pageOf, pageQuery, type PageQuery } from '../platform/api/paging.js';
import { apiKeySchema, type ApiKeyView, madeApiKeySchema, newApiKeySchema } from './api-key.schema.js';
import { ApiKeys } from './api-keys.service.js';
import { KnownCallers } from './known-callers.js';

@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly known: KnownCallers,
  ) {}

  @Post()
  @Endpoint({
    access: 'administrator',
    summary: 'Make an API key',
    description: 'The key is in this answer and nowhere else.',
    answersOnce: true,
    answers: { 201: { schema: madeApiKeySchema } },
  })
  create(
    @Body({ schema: newApiKeySchema }) { name, role, expiresAt }: z.infer<typeof newApiKeySchema>,
    @CallerOf() caller: Caller,
  ): Promise<z.infer<typeof madeApiKeySchema>> {
    return this.keys.create({ name, role, expiresAt: expiresAt ?? null }, caller.id);
  }

  @Get()
  @Endpoint({
    access: 'administrator',
    summary: 'List the API keys',
    answers: { 200: { schema: pageOf(apiKeySchema) } },
  })
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<ApiKeyView>> {
    return this.keys.list(query);
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({ access: 'administrator', summary: 'Revoke an API key', answers: { 204: { description: 'Revoked' } } })
  async revoke(@Param('id', { schema: idOf('key') }) id: string): Promise<void> {
    await this.keys.revoke(id);
    this.known.forget();
  }
}
