import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CallerOf } from '../platform/api/caller.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { type Page, pageQuery, type PageQuery } from '../platform/api/paging.js';
import {
  connectionPatchSchema,
  connectionSchema,
  connectionsSchema,
  newConnectionSchema,
  type ConnectionPatch,
  type ConnectionView,
  type NewConnection,
} from './connection.schema.js';
import { ConnectionsService } from './connections.service.js';

const ID = { schema: idOf('con') };

@Controller('api/v1/connections')
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService) {}

  @Post()
  @Endpoint({
    access: 'developer',
    summary: 'Store a sign-in',
    description: 'Its secret is stored sealed and never shown again.',
    answers: { 201: { schema: connectionSchema } },
  })
  create(
    @Body({ schema: newConnectionSchema }) body: NewConnection,
    @CallerOf() caller: Caller,
  ): Promise<ConnectionView> {
    return this.connections.create(body, caller.id);
  }

  @Get()
  @Endpoint({ access: 'viewer', summary: 'List connections', answers: { 200: { schema: connectionsSchema } } })
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<ConnectionView>> {
    return this.connections.list(query);
  }

  @Get(':id')
  @Endpoint({ access: 'viewer', summary: 'Read a connection', answers: { 200: { schema: connectionSchema } } })
  read(@Param('id', ID) id: string): Promise<ConnectionView> {
    return this.connections.one(id);
  }

  @Patch(':id')
  @Endpoint({
    access: 'developer',
    summary: 'Change a connection',
    description:
      'A secret that is left out, or given as its mask, stays. Another type needs its own secret. More allowed hosts, an access token URL on another server, another proxy, or other certificates to be trusted need the secret again, or an administrator.',
    answers: { 200: { schema: connectionSchema } },
  })
  edit(
    @Param('id', ID) id: string,
    @Body({ schema: connectionPatchSchema }) patch: ConnectionPatch,
    @CallerOf() caller: Caller,
  ): Promise<ConnectionView> {
    return this.connections.edit(id, patch, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    access: 'developer',
    summary: 'Delete a connection',
    description: 'Refused with 409 `connection_in_use` while an integration uses it.',
    answers: { 204: {} },
  })
  remove(@Param('id', ID) id: string): Promise<void> {
    return this.connections.remove(id);
  }
}
