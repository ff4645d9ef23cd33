import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseJson } from '../core/json.js';
import { mayCall } from '../core/role.js';
import { CallerOf, type Caller } from '../platform/api/caller.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { etagOf, revisionOf } from '../platform/api/if-match.js';
import { decodeCursor, pageFrom, pageQuery } from '../platform/api/paging.js';
import { storableText } from './definition.schema.js';
import type { IntegrationView } from './integration-view.js';
import * as document from './integration.document.js';
import { IntegrationQueries, listQuery, type ListQuery } from './integration.queries.js';
import { IntegrationsService, type StateChange } from './integrations.service.js';
import { VersionsService } from './versions.service.js';

const stateBody = z.strictObject({
  state: z.enum(['on', 'off']),
  held: z.enum(['run', 'discard', 'keep']).default('keep'),
});
const publishBody = z.strictObject({ note: storableText(1000).default('') }).optional();
const MAX_OVERLAP_SECONDS = 30 * 86_400;
const rotateBody = z.strictObject({ overlapSeconds: z.int().min(0).max(MAX_OVERLAP_SECONDS).default(0) }).optional();
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
const ID = { schema: idOf('int') };

@Controller('api/v1/integrations')
export class IntegrationsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly queries: IntegrationQueries,
    private readonly versions: VersionsService,
  ) {}

  @Post()
  @Endpoint({
    access: 'developer',
    summary: 'Make an integration',
    description: 'It is a draft and Off.',
    body: document.newIntegrationDocument,
    answers: { 201: { schema: document.integrationDocument } },
  })
  async create(
    @Req() request: FastifyRequest,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.show(await this.integrations.create(bodyOf(request), caller.id), reply);
  }

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'List integrations',
    answers: { 200: { schema: document.integrationsDocument } },
  })
  async list(@Query({ schema: listQuery }) query: ListQuery, @CallerOf() caller: Caller) {
    const page = await this.queries.list(query);
    return { ...page, data: page.data.map((item) => forCaller(item, caller)) };
  }

  @Get(':id')
  @Endpoint({
    access: 'viewer',
    summary: 'Read an integration',
    answers: { 200: { schema: document.integrationDocument } },
  })
  async read(@Param('id', ID) id: string, @CallerOf() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply) {
    return forCaller(await this.show(id, reply), caller);
  }

  @Patch(':id')
  @Endpoint({
    access: 'developer',
    summary: 'Edit the draft of an integration',
    description:
      'Needs `If-Match: "<revision>"`; a stale one is refused with 412. What runs changes when it is published.',
    body: document.patchDocument,
    answers: { 200: { schema: document.integrationDocument } },
  })
  async edit(
    @Param('id', ID) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.integrations.edit(id, revisionOf(ifMatch), bodyOf(request));
    return this.show(id, reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    access: 'developer',
    summary: 'Delete an integration',
    description: 'Its held runs are canceled; its run log stays.',
    answers: { 204: {} },
  })
  remove(@Param('id', ID) id: string): Promise<void> {
    return this.integrations.remove(id);
  }

  @Put(':id/state')
  @Endpoint({
    access: 'developer',
    summary: 'Turn an integration On or Off',
    description:
      'On publishes the draft where nothing is published yet. `held` says what becomes of the runs held so far.',
    answers: { 200: { schema: document.stateDocument } },
  })
  setState(@Param('id', ID) id: string, @Body({ schema: stateBody }) change: StateChange, @CallerOf() caller: Caller) {
    return this.integrations.setState(id, change, caller.id);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Publish the draft',
    description: 'An unchanged draft answers with the version that is published already.',
    answers: { 200: { schema: z.object({ version: z.int() }) } },
  })
  async publish(
    @Param('id', ID) id: string,
    @Body({ schema: publishBody }) body: z.infer<typeof publishBody>,
    @CallerOf() caller: Caller,
  ) {
    return { version: await this.integrations.publish(id, body?.note ?? '', caller.id) };
  }

  @Post(':id/hook/rotate')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Replace the hook URL of an integration',
    description: 'The old URL is answered 404 at once, or after `overlapSeconds`.',
    answers: { 200: { schema: document.integrationDocument } },
  })
  async rotateHook(
    @Param('id', ID) id: string,
    @Body({ schema: rotateBody }) body: z.infer<typeof rotateBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.integrations.rotateHook(id, body?.overlapSeconds ?? 0);
    return this.show(id, reply);
  }

  @Get(':id/versions')
  @Endpoint({
    access: 'viewer',
    summary: 'List published versions',
    answers: { 200: { schema: document.versionsDocument } },
  })
  async listVersions(@Param('id', ID) id: string, @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>) {
    await this.queries.one(id);
    const rows = await this.versions.list(id, query.limit + 1, decodeCursor(query.cursor, versionNumber));
    return pageFrom(
      rows,
      query.limit,
      (row) => row.version,
      (row) => row,
    );
  }

  @Get(':id/versions/:n')
  @Endpoint({ access: 'viewer', summary: 'Read a version', answers: { 200: { schema: document.versionDocument } } })
  readVersion(@Param('id', ID) id: string, @Param('n', { schema: versionNumber }) version: number) {
    return this.versions.one(id, version);
  }

  @Post(':id/versions/:n/restore')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Make a version the draft again',
    description: 'What runs changes when it is published.',
    answers: { 200: { schema: document.integrationDocument } },
  })
  async restore(
    @Param('id', ID) id: string,
    @Param('n', { schema: versionNumber }) version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.integrations.restore(id, version);
    return this.show(id, reply);
  }

  @Post(':id/duplicate')
  @Endpoint({
    access: 'developer',
    summary: 'Copy an integration',
    description: 'The copy has the draft, is Off and was never published.',
    answers: { 201: { schema: document.integrationDocument } },
  })
  async duplicate(
    @Param('id', ID) id: string,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.show(await this.integrations.duplicate(id, caller.id), reply);
  }

  @Post(':id/archive')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Put an integration away',
    description: 'It is Off, holds no events and is left out of the list.',
    answers: { 200: { schema: document.integrationDocument } },
  })
  async archive(@Param('id', ID) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.integrations.archive(id);
    return this.show(id, reply);
  }

  @Post(':id/unarchive')
  @HttpCode(200)
  @Endpoint({
    access: 'developer',
    summary: 'Bring an archived integration back',
    description: 'It is Off.',
    answers: { 200: { schema: document.integrationDocument } },
  })
  async unarchive(@Param('id', ID) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.integrations.unarchive(id);
    return this.show(id, reply);
  }

  private async show(id: string, reply: FastifyReply): Promise<IntegrationView> {
    const view = await this.queries.one(id);
    reply.header('etag', etagOf(view.revision));
    return view;
  }
}

/** Whoever has a hook URL can call it, which is more than watching. */
const forCaller = <T extends { hookUrl: string | null }>(view: T, { role }: Caller): T =>
  mayCall(role, 'developer') ? view : { ...view, hookUrl: null };

/** The body with every digit of its numbers. */
const bodyOf = (request: FastifyRequest): unknown =>
  request.bodyText === undefined ? undefined : parseJson(request.bodyText);
