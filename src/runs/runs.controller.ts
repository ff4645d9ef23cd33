import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { notFound } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { ERROR_CODES } from '../core/run.js';
import { CallerOf, type Caller } from '../platform/api/caller.js';
import { Endpoint } from '../platform/api/endpoint.js';
import { idOf } from '../platform/api/id-schema.js';
import { decodeCursor, pageFrom, pageOf, pageQuery } from '../platform/api/paging.js';
import { runFilter } from './run-query.js';
import { RunControl } from './run-control.js';
import { RunReader } from './run-reader.js';
import { runDetailSchema, runItemSchema, type RunDetail } from './run.schema.js';
import { runItem } from './run-view.js';

const listQuery = z.strictObject({
  ...pageQuery.shape,
  ...runFilter,
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  code: z.enum(ERROR_CODES).optional().meta({ description: 'Of the error that a run ended with.' }),
  atStep: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/)
    .optional()
    .meta({ description: 'The key of the step where a run failed, or waits.' }),
  replayOf: idOf('run').optional().meta({ description: 'The runs that repeat this one.' }),
});

@Controller('api/v1/runs')
export class RunsController {
  constructor(
    private readonly runs: RunReader,
    private readonly control: RunControl,
  ) {}

  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'List runs, newest first',
    answers: { 200: { schema: pageOf(runItemSchema) } },
  })
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>) {
    const { limit, cursor, from, to, status, test, ...rest } = query;
    const rows = await this.runs.list({
      ...rest,
      statuses: status,
      fromMs: from === undefined ? undefined : Date.parse(from),
      toMs: to === undefined ? undefined : Date.parse(to),
      test: test === undefined ? undefined : test === 'true',
      beforeId: decodeCursor(cursor, z.uuid()),
      limit: limit + 1,
    });
    return pageFrom(rows, limit, (row) => row.id, runItem);
  }

  @Get(':id')
  @Endpoint({
    access: 'viewer',
    summary: 'Read a run with its steps and attempts',
    answers: { 200: { schema: runDetailSchema } },
  })
  async read(@Param('id', { schema: idOf('run') }) id: string): Promise<RunDetail> {
    const run = await this.runs.find(id);
    if (!run) throw notFound('run', formatId('run', id));
    return run;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Endpoint({
    access: 'operator',
    summary: 'Cancel a run that is not over',
    description: 'Its call in flight is cut off and fails with `canceled`; later steps are skipped.',
    answers: { 200: { schema: runDetailSchema } },
  })
  async cancel(@Param('id', { schema: idOf('run') }) id: string, @CallerOf() caller: Caller): Promise<RunDetail> {
    await this.control.cancel(id, caller.name);
    return this.read(id);
  }
}
