import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint } from '../platform/api/endpoint.js';
import { nextFires, timingFaults } from './cron.js';
import { cronSchema, timezoneSchema } from './definition.schema.js';

const TIMES_SHOWN = 5;
const MAX_TIMES = 20;

const query = z.strictObject({
  cron: cronSchema,
  timezone: timezoneSchema,
  count: z.coerce.number().int().min(1).max(MAX_TIMES).default(TIMES_SHOWN),
});

const preview = z
  .object({
    times: z.array(z.iso.datetime()).meta({ description: 'The next times from now on, the first one first.' }),
    problems: z
      .array(z.object({ field: z.enum(['cron', 'timezone']), code: z.string(), message: z.string() }))
      .meta({ description: 'What keeps it from ever firing: then there are no times.' }),
  })
  .meta({ id: 'SchedulePreview' });

/** When a schedule would fire, by what will fire it: for who is still writing it. */
@Controller('api/v1/schedules/preview')
export class SchedulePreviewController {
  @Get()
  @Endpoint({
    access: 'viewer',
    summary: 'See when a schedule would fire',
    description: 'Stores nothing. 200 also for one that can never fire: see `problems`.',
    answers: { 200: { schema: preview } },
  })
  preview(@Query({ schema: query }) { cron, timezone, count }: z.infer<typeof query>): z.infer<typeof preview> {
    const problems = timingFaults({ cron, timezone }).map(({ path, code, message }) => ({
      field: path.endsWith('/cron') ? ('cron' as const) : ('timezone' as const),
      code,
      message,
    }));
    if (problems.length > 0) return { times: [], problems };
    return { times: nextFires({ cron, timezone }, new Date(), count).map((at) => at.toISOString()), problems };
  }
}
