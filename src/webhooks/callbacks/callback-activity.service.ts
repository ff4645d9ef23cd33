import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { builtinTypes } from '../../connectors/event-types/builtin-types.js';
import { formatId } from '../../core/id.js';
import { RUN_STATES } from '../../core/run.js';
import { MadeRuns } from '../../ingest/made-runs.service.js';
import { decodeCursor, pageFrom, type Page } from '../../platform/api/paging.js';
import { Database } from '../../platform/database/database.js';
import { LastCalls, type LastCall } from '../../runs/last-calls.js';
import type { CallbackSet, LastCallView, SetsQuery } from './callback-activity.schema.js';
import { CALLBACK_EVENTS, type CallbackEvent } from './callback.schema.js';

interface SetRow {
  processName: string;
  enabled: CallbackEvent[];
  updatedAt: Date;
  urls: { event: CallbackEvent; integrationId: string }[];
}

interface UrlRow {
  event: CallbackEvent;
  url: string;
  integrationId: string;
}

/** Which processes call back, and what came of it. */
@Injectable()
export class CallbackActivity {
  constructor(
    private readonly database: Database,
    private readonly calls: LastCalls,
    private readonly runs: MadeRuns,
  ) {}

  /** Those with URLs: every process first, then the others by name. */
  async sets({ limit, cursor }: SetsQuery): Promise<Page<CallbackSet>> {
    const rows = await this.database.source.query<SetRow[]>(
      `select process_name as "processName", enabled, updated_at as "updatedAt",
         coalesce((select json_agg(json_build_object('event', u.event, 'integrationId', u.integration_id))
                   from callback_urls u where u.process_name = s.process_name), '[]') as urls
       from callback_sets s
       where exists (select from callback_urls u where u.process_name = s.process_name)
         and ($1::text is null or process_name collate "C" > $1)
       order by process_name collate "C" limit $2`,
      [decodeCursor(cursor, lastName), limit + 1],
    );
    const ids = rows.flatMap(({ urls }) => urls.map(({ integrationId }) => integrationId));
    const last = new Map((await this.calls.of(ids)).map((call) => [call.integrationId, call]));
    return pageFrom(
      rows,
      limit,
      ({ processName }) => processName,
      (row) => setView(row, last),
    );
  }

  /** Of each URL that was ever called, in no order. @param processName empty: of every process */
  async lastCalls(processName: string): Promise<LastCallView[]> {
    const urls = await this.urls(processName);
    const byIntegration = new Map(urls.map((row) => [row.integrationId, row]));
    const calls = await this.calls.of([...byIntegration.keys()]);
    return calls.map((call) => ({
      event: byIntegration.get(call.integrationId)!.event,
      url: byIntegration.get(call.integrationId)!.url,
      runId: formatId('run', call.runId),
      at: call.createdAt.toISOString(),
      runStatus: RUN_STATES[call.state],
      status: call.status,
      durationMs: call.durationMs,
      error: call.errorMessage,
    }));
  }

  /** Calls every stored URL of the event with the sample of the catalogue, switched on or not; answers the runs' ids. */
  async test(processName: string, event: CallbackEvent): Promise<string[]> {
    const type = `process.instance.${event}`;
    const sample = builtinTypes.find(({ name }) => name === type)!.sample as object;
    const data = JSON.stringify({ ...sample, ...(processName !== '' && { processName }) });
    const ids: string[] = [];
    for (const row of await this.urls(processName)) {
      if (row.event !== event) continue;
      ids.push(formatId('run', await this.runs.testWith(row.integrationId, { type, source: 'test' }, data)));
    }
    return ids;
  }

  private urls(processName: string): Promise<UrlRow[]> {
    return this.database.source.query<UrlRow[]>(
      `select event, url, integration_id as "integrationId" from callback_urls where process_name = $1`,
      [processName],
    );
  }
}

const lastName = z
  .string()
  .max(200)
  .refine((name) => !name.includes('\0'));

function setView({ processName, enabled, updatedAt, urls }: SetRow, last: Map<string, LastCall>): CallbackSet {
  const times = urls.map(({ integrationId }) => last.get(integrationId)?.createdAt.getTime() ?? 0);
  const newest = Math.max(0, ...times);
  const ofEvent = (event: CallbackEvent) => ({
    enabled: enabled.includes(event),
    urls: urls.filter((url) => url.event === event).length,
  });
  const [created, updated, deleted] = CALLBACK_EVENTS.map(ofEvent);
  return {
    processName: processName === '' ? null : processName,
    created,
    updated,
    deleted,
    updatedAt: updatedAt.toISOString(),
    lastCallAt: newest === 0 ? null : new Date(newest).toISOString(),
  };
}
