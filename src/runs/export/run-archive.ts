import { Injectable } from '@nestjs/common';
import { HooklineError, notFound } from '../../core/errors.js';
import { formatId } from '../../core/id.js';
import { ATTEMPT_STATES } from '../../core/run.js';
import { Database } from '../../platform/database/database.js';
import { curlForm } from './curl-form.js';
import { curlCommand, curlFormCommand } from './curl.js';
import { harOf, type ArchivedAttempt } from './har.js';
import type { AttemptRow } from '../run-view.js';
import { readHead } from '../stored-head.js';
import { formPartsOf } from './sent-request.js';

/** Bodies of one archive in all, oldest first; one that would go beyond is left out, and its place says so. */
export const MAX_ARCHIVED_BYTES = 32 * 1024 * 1024;
const MAX_ATTEMPTS = 10_000;

const FROM = `attempts a
  left join attempt_ends e on e.run_id = $1 and e.step = a.step and e.number = a.number
  left join attempt_payloads q on q.run_id = $1 and q.step = a.step and q.number = a.number and q.part = 1
  left join attempt_payloads p on p.run_id = $1 and p.step = a.step and p.number = a.number and p.part = 2
  where a.run_id = $1 and a.number > 0`; // 0: taken over from another run
const COLUMNS = `a.id, a.step, a.number, a.started_at, a.method, a.url, a.request_bytes, coalesce(e.state, 1) as state,
  e.duration_us, e.status, e.response_bytes, e.remote_address, e.dns_us, e.connect_us, e.first_byte_us, e.error_code,
  e.error_message, q.headers as request_headers, p.headers as response_headers, p.truncated`;

/** Runs with their whole payloads, written in other tools' formats. */
@Injectable()
export class RunArchive {
  constructor(private readonly database: Database) {}

  /** Throws 404 for an attempt that is not of this run, 409 for one that sent nothing, or what no command holds. */
  async curl(runId: string, attemptId: string): Promise<string> {
    const [row] = await this.database.source.query<AttemptRow[]>(
      `select ${COLUMNS}, q.body as request_body from ${FROM} and a.id = $2`,
      [runId, attemptId],
    );
    if (!row) throw notFound('attempt', formatId('att', attemptId));
    const { request, error, response, remoteAddress } = archived(row);
    const neverLeft = error?.code === 'mapping' || (error?.code === 'limit' && !response && remoteAddress === null);
    if (request === null || (neverLeft && !response)) {
      throw new HooklineError(
        'conflict',
        'nothing_sent',
        'This attempt could not be built, so that there is no request. Its error says why.',
      );
    }
    const parts = formPartsOf(request);
    if (parts === null) return curlCommand(request);
    const form = curlForm(parts);
    const command = form && curlFormCommand(request, form);
    if (command === null) {
      throw new HooklineError(
        'conflict',
        'no_command',
        'This attempt sent a form that no curl command can hold: a part is too long, or has "=" in its name.',
      );
    }
    return command;
  }

  /** The run's number and its archive (HAR 1.2). */
  async har(runId: string): Promise<{ number: string; har: Record<string, unknown> }> {
    const [run] = await this.database.source.query<{ number: string }[]>(
      'select number::text from runs where id = $1',
      [runId],
    );
    if (!run) throw notFound('run', formatId('run', runId));
    const rows = await this.database.source.query<AttemptRow[]>(
      `select x.*, case when total <= ${MAX_ARCHIVED_BYTES} then x.q_body end as request_body,
              case when total <= ${MAX_ARCHIVED_BYTES} then x.p_body end as response_body
       from (select ${COLUMNS}, q.body as q_body, p.body as p_body,
                    sum(coalesce(length(q.body), 0) + coalesce(length(p.body), 0)) over (order by a.id) as total
             from ${FROM} order by a.id limit ${MAX_ATTEMPTS}) x
       order by x.id`,
      [runId],
    );
    return { number: run.number, har: harOf(run.number, rows.map(archived)) };
  }
}

const archived = (row: AttemptRow): ArchivedAttempt => ({
  step: row.step,
  number: row.number,
  status: ATTEMPT_STATES[row.state],
  startedAt: row.started_at,
  request:
    row.method === null
      ? null
      : {
          method: row.method,
          url: row.url ?? '',
          headers: readHead(row.request_headers).headers,
          body: row.request_body,
          bytes: row.request_bytes ?? 0,
        },
  response:
    row.response_headers === null
      ? null
      : {
          status: row.status ?? 0,
          ...readHead(row.response_headers),
          body: row.response_body ?? null,
          bytes: row.response_bytes ?? 0,
          truncated: row.truncated ?? false,
        },
  timings:
    row.duration_us === null
      ? null
      : {
          dnsMs: (row.dns_us ?? 0) / 1_000,
          connectMs: (row.connect_us ?? 0) / 1_000,
          firstByteMs: (row.first_byte_us ?? 0) / 1_000,
          totalMs: row.duration_us / 1_000,
        },
  remoteAddress: row.remote_address,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? row.error_code },
});
