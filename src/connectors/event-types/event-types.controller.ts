import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { notFound } from '../../core/errors.js';
import { type Caller, CallerOf } from '../../platform/api/caller.js';
import { Endpoint } from '../../platform/api/endpoint.js';
import { decodeCursor, pageFrom, pageOf, pageQuery, type PageQuery } from '../../platform/api/paging.js';
import { EventTypeEditor } from './event-type-editor.js';
import type { EventType } from './event-type.js';
import {
  eventTypePatchSchema,
  eventTypeView,
  newEventTypeSchema,
  type EventTypePatch,
  type EventTypeView,
  type NewEventType,
} from './event-type.schema.js';
import { EventTypes } from './event-types.js';

const nameParam = z
  .string()
  .max(200)
  .refine((name) => !name.includes('\0'), { message: 'May not hold U+0000.' });

@Controller('api/v1/event-types')
export class EventTypesController {
  constructor(
    private readonly types: EventTypes,
    private readonly editor: EventTypeEditor,
  ) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'List the event types',
    description: 'The built-in ones first, then your own by name.',
    answers: { 200: { schema: pageOf(eventTypeView) } },
  })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: PageQuery) {
    const after = decodeCursor(cursor, z.tuple([z.boolean(), z.string().max(200)]));
    await this.types.refresh();
    const all = this.types.all();
    const from = after === null ? 0 : all.findIndex((type) => isBehind(type, after, all));
    const rows = from < 0 ? [] : all.slice(from, from + limit + 1);
    return pageFrom(rows, limit, ({ builtin, name }) => [builtin, name], viewOf);
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    access: 'developer',
    summary: 'Make an event type of your own',
    answers: { 201: { schema: eventTypeView, description: 'Made: its events are accepted' } },
  })
  async create(@Body({ schema: newEventTypeSchema }) body: NewEventType, @CallerOf() caller: Caller) {
    return viewOf(await this.editor.create(body, caller.id));
  }

  @Get(':name')
  @Endpoint({ access: 'viewer', summary: 'Read one event type', answers: { 200: { schema: eventTypeView } } })
  async read(@Param('name', { schema: nameParam }) name: string): Promise<EventTypeView> {
    await this.types.refresh();
    const known = this.types.find(name);
    if (!known) throw notFound('event type', name);
    return viewOf(known.type);
  }

  @Patch(':name')
  @Endpoint({
    access: 'developer',
    summary: 'Change an event type',
    description: 'Of a built-in type only `validation`.',
    answers: { 200: { schema: eventTypeView } },
  })
  async edit(
    @Param('name', { schema: nameParam }) name: string,
    @Body({ schema: eventTypePatchSchema }) body: EventTypePatch,
    @CallerOf() caller: Caller,
  ) {
    return viewOf(await this.editor.edit(name, body, caller.id));
  }

  @Delete(':name')
  @HttpCode(204)
  @Endpoint({
    access: 'developer',
    summary: 'Delete an event type of your own',
    description: 'Refused while an integration listens to it.',
    answers: { 204: { description: 'Deleted' } },
  })
  async remove(@Param('name', { schema: nameParam }) name: string): Promise<void> {
    await this.editor.remove(name);
  }
}

const viewOf = ({ tree, ...type }: EventType): EventTypeView => ({
  ...type,
  actionTitle: tree?.actionTitle ?? null,
  treeGroup: tree?.treeGroup ?? null,
  treeName: tree?.treeName ?? null,
});

/** Also where the type that the cursor names was deleted meanwhile. */
function isBehind(type: EventType, [builtin, name]: [boolean, string], all: EventType[]): boolean {
  if (!builtin) return !type.builtin && type.name > name;
  return !type.builtin || all.indexOf(type) > all.findIndex((each) => each.name === name);
}
