import type { Step } from '../core/definition.js';
import { formatId } from '../core/id.js';
import { ATTEMPT_STATES, FIRST_TERMINAL_STATE, RUN_STATES, RunState, type StepStatus } from '../core/run.js';
import type { StepPlace } from './definition-store.js';
import { readHead } from './stored-head.js';
import type { RunAttempt, RunDetail, RunItem, RunStep } from './run.schema.js';

export type { RunDetail, RunItem };

/** A run as the log has it. */
export interface RunRow {
  id: string;
  number: string;
  eventId: string;
  eventType: string | null;
  eventSubject: string | null;
  integrationId: string;
  integrationName: string | null;
  version: number | null;
  definitionId: number;
  state: number;
  reason: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  replayOf: string | null;
  test: boolean;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Where it failed or waits; null where it does neither. */
  atStep: StepPlace | null;
}

export interface AttemptRow {
  id: string;
  step: string;
  number: number;
  state: number;
  started_at: Date;
  duration_us: number | null;
  method: string | null;
  url: string | null;
  request_bytes: number | null;
  request_headers: string | null;
  request_body: Buffer | null;
  status: number | null;
  response_headers: string | null;
  response_body: Buffer | null;
  response_bytes: number | null;
  truncated: boolean | null;
  remote_address: string | null;
  dns_us: number | null;
  connect_us: number | null;
  first_byte_us: number | null;
  error_code: string | null;
  error_message: string | null;
  next_attempt_at: Date | null;
}

/** A run as the API shows it in lists. */
export const runItem = (row: RunRow): RunItem => ({
  id: formatId('run', row.id),
  number: Number(row.number),
  integrationId: formatId('int', row.integrationId),
  integrationName: row.integrationName,
  version: row.version,
  eventId: formatId('evt', row.eventId),
  eventType: row.eventType,
  eventSubject: row.eventSubject,
  test: row.test,
  status: RUN_STATES[row.state],
  reason: row.reason,
  error: errorOf(row.errorCode, row.errorMessage),
  atStep: row.atStep,
  replayOf: row.replayOf && formatId('run', row.replayOf),
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.endedAt?.toISOString() ?? null,
});

/** A run with its steps in the order of the definition, each with its attempts. */
export function runDetail(row: RunRow, steps: Step[], attempts: AttemptRow[]): RunDetail {
  const byStep = Map.groupBy(attempts, (attempt) => attempt.step);
  const lastTried = steps.findLastIndex((step) => byStep.has(step.key));
  const views = steps.map((step, index): RunStep => {
    const all = byStep.get(step.key) ?? [];
    const last = all.at(-1);
    const status = stepStatus(
      row,
      all,
      index < lastTried,
      'pagination' in step.input && step.input.pagination !== null,
    );
    return {
      key: step.key,
      name: step.name,
      action: step.action,
      status,
      error: status === 'failed' || status === 'waiting' ? errorOf(last!.error_code, last!.error_message) : null,
      output: last?.state === 2 && last.status !== null ? { status: last.status } : {},
      takenOver: last?.number === 0,
      attempts: all.filter(({ number }) => number > 0).map(attemptView),
    };
  });
  return { ...runItem(row), steps: views };
}

/** A step without attempts was skipped when a later one was tried or the run has ended; otherwise it is still to come. */
function stepStatus(row: RunRow, attempts: AttemptRow[], laterTried: boolean, readsPages: boolean): StepStatus {
  const over = row.state >= FIRST_TERMINAL_STATE;
  const last = attempts.at(-1);
  if (!last) return over || laterTried ? 'skipped' : 'pending';
  switch (ATTEMPT_STATES[last.state]) {
    case 'succeeded':
      // Another page follows, or the next step; both are begun in the commit that ends this one.
      return readsPages && !over && !laterTried && last.number > 0 ? 'running' : 'succeeded';
    case 'failed':
      return over || laterTried || last.number === 0
        ? 'failed'
        : row.state === RunState.waiting
          ? 'waiting'
          : 'running';
    default:
      return over ? 'failed' : 'running';
  }
}

function attemptView(row: AttemptRow): RunAttempt {
  return {
    id: formatId('att', row.id),
    number: row.number,
    status: ATTEMPT_STATES[row.state] as RunAttempt['status'],
    startedAt: row.started_at.toISOString(),
    durationMs: row.duration_us === null ? null : milliseconds(row.duration_us),
    request:
      row.method === null
        ? null
        : {
            method: row.method,
            url: row.url ?? '',
            headers: headersView(readHead(row.request_headers).headers),
            ...bodyView(row.request_body),
            bytes: row.request_bytes ?? 0,
          },
    response: row.response_headers === null ? null : responseView(row),
    timings:
      row.duration_us === null
        ? null
        : {
            dnsMs: milliseconds(row.dns_us ?? 0),
            connectMs: milliseconds(row.connect_us ?? 0),
            firstByteMs: milliseconds(row.first_byte_us ?? 0),
            totalMs: milliseconds(row.duration_us),
          },
    remoteAddress: row.remote_address,
    error: errorOf(row.error_code, row.error_message),
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
  };
}

function responseView(row: AttemptRow): RunAttempt['response'] {
  const { headers, file, resent = false } = readHead(row.response_headers);
  return {
    status: row.status ?? 0,
    headers: headersView(headers),
    ...bodyView(file ? null : row.response_body),
    bytes: row.response_bytes ?? 0,
    truncated: row.truncated ?? false,
    file: file ?? null,
    resent,
  };
}

/** Names as they were sent; a name that came more than once has a list. */
export function headersView(headers: [string, string][]): Record<string, string | string[]> {
  const view: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const known = Object.hasOwn(view, name) ? view[name] : undefined;
    Object.defineProperty(view, name, {
      value: known === undefined ? value : [known, value].flat(),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return view;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text where it is text, else base64. */
export function bodyView(body: Buffer | null): { body: string | null; encoding: 'utf-8' | 'base64' } {
  if (body === null) return { body: null, encoding: 'utf-8' };
  try {
    return { body: utf8.decode(body), encoding: 'utf-8' };
  } catch {
    return { body: body.toString('base64'), encoding: 'base64' };
  }
}

const milliseconds = (us: number): number => Math.round(us / 10) / 100;

const errorOf = (code: string | null, message: string | null) =>
  code === null ? null : { code, message: message ?? code };
